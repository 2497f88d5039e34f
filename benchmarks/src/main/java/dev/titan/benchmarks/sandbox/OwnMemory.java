package dev.titan.benchmarks.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the processes of a sandbox have for themselves: pages they have written and share with nobody (proc(5),
 * {@code Private_Dirty}). Found by the sandbox's id, which is on the command line of its daemon and of what started that.
 * Other programs of a busy machine do not disturb it; what the kernel and the engine hold for a sandbox is not in it.
 */
final class OwnMemory {

    private static final double KIB_PER_MIB = 1024;

    private OwnMemory() {}

    /** Returns it for each of the sandboxes, in MiB. */
    static List<Double> mebibytes(Collection<String> sandboxes) throws IOException {
        Map<String, Double> found = new HashMap<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                for (String word : words(process)) {
                    if (sandboxes.contains(word)) {
                        found.merge(word, privateKiB(process) / KIB_PER_MIB, Double::sum);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static List<String> words(Path process) {
        return List.of(read(process.resolve("cmdline")).split("\0"));
    }

    private static long privateKiB(Path process) {
        return read(process.resolve("smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Private_Dirty:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** A process may end at any moment, and not everything in the directory is one. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
