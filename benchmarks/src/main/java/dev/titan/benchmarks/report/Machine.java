package dev.titan.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run took place; figures without it say nothing.
 *
 * @param cores processors the program may use
 * @param memoryMib memory of the machine
 * @param kernel version of the kernel
 * @param java version of the runtime
 * @param engines the sandbox engines and their versions, or why one is absent
 * @param load load average of the minute before the run
 */
public record Machine(int cores, long memoryMib, String kernel, String java, String engines, double load) {

    private static final long KIB_PER_MIB = 1024;

    /** Looks at this machine. */
    public static Machine here(String engines) throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memoryKiB("MemTotal") / KIB_PER_MIB,
                System.getProperty("os.version"),
                Runtime.version().toString(),
                engines,
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
    }

    /** Returns what the machine could still give to programs without swapping, as the kernel estimates it. */
    public static double availableMiB() throws IOException {
        return memoryKiB("MemAvailable") / (double) KIB_PER_MIB;
    }

    private static long memoryKiB(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/meminfo has no " + name));
    }
}
