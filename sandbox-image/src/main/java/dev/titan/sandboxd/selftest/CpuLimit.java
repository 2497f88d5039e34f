package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Busy threads together get no more time than they should.
 *
 * @param cpus processors' worth of time
 */
record CpuLimit(double cpus) implements Probe {

    private static final Duration MEASURED = Duration.ofMillis(600);

    /** The kernel hands out time in periods of 100 ms, one of which may fall in at either end. */
    private static final double TOLERANCE = 0.4;

    private static final double TICKS_PER_SECOND = 100; // Linux: USER_HZ on every processor
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    @Override
    public String name() {
        return "cpu_limited";
    }

    @Override
    public String checks() {
        return "busy threads get %s processors' worth of time".formatted(cpus);
    }

    @Override
    public Verdict run() throws IOException {
        int processors = onlineProcessors();
        if (processors <= cpus) {
            return Verdict.notApplicable("the host has %d processors".formatted(processors));
        }
        double used = busy(processors + 1);
        return used <= cpus + TOLERANCE ? Verdict.holds("%.1f".formatted(used)) : Verdict.fails("%.1f".formatted(used));
    }

    private static double busy(int threads) throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        IntStream.range(0, threads)
                .forEach(index -> Thread.ofPlatform().daemon().start(() -> spin(over)));
        double before = secondsUsed();
        long start = System.nanoTime();
        long now = start;
        while (now - start < MEASURED.toNanos()) {
            Thread.onSpinWait();
            now = System.nanoTime();
        }
        double used = secondsUsed() - before;
        over.set(true);
        return used * Duration.ofSeconds(1).toNanos() / (now - start);
    }

    private static void spin(AtomicBoolean over) {
        while (!over.get()) {
            Thread.onSpinWait();
        }
    }

    private static double secondsUsed() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
    }

    /** Not what the JVM says, which knows of the limit. */
    private static int onlineProcessors() throws IOException {
        return (int) Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("processor"))
                .count();
    }
}
