package dev.titan.cli;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times as people read them. */
final class Amounts {

    private static final int KIB = 1024;

    private Amounts() {}

    static String seconds(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return millis < 120_000
                ? "%d s".formatted(millis / 1000)
                : "%d min %02d s".formatted(millis / 60_000, millis / 1000 % 60);
    }

    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < KIB * KIB
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIB)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIB * KIB));
    }

    static String count(long number, String what) {
        return number == 1 ? "1 " + what : String.format(Locale.ROOT, "%,d %ss", number, what);
    }
}
