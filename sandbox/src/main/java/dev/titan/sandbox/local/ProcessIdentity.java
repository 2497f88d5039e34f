package dev.titan.sandbox.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of this boot and no later one that got its number: process ids are used again, the pair is not.
 *
 * @param pid its process id
 * @param startTicks when it started, in the kernel's ticks since boot
 */
record ProcessIdentity(long pid, long startTicks) {

    /** Field 22 of proc_pid_stat(5); the name of the program, which may hold spaces, ends with the last parenthesis. */
    private static final int START_FIELD = 22;

    private static final int FIELDS_UP_TO_NAME = 2;

    /** Reads a line of {@code /proc/<pid>/stat}. */
    static Optional<ProcessIdentity> parse(String stat) {
        try {
            long pid = Long.parseLong(stat.substring(0, Math.max(stat.indexOf(' '), 0)));
            return Optional.of(new ProcessIdentity(pid, startTicks(stat)));
        } catch (IndexOutOfBoundsException | NumberFormatException cutShort) {
            return Optional.empty();
        }
    }

    /** Returns the process that has this number now. */
    static Optional<ProcessIdentity> of(long pid) {
        try {
            return parse(Files.readString(statOf(pid)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Returns whether it still runs; a zombie does not, though it may wait a second for whoever has to reap it. */
    boolean isAlive() {
        try {
            String stat = Files.readString(statOf(pid));
            return startTicks(stat) == startTicks && fields(stat)[0].charAt(0) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private static Path statOf(long pid) {
        return Path.of("/proc/%d/stat".formatted(pid));
    }

    private static long startTicks(String stat) {
        return Long.parseLong(fields(stat)[START_FIELD - FIELDS_UP_TO_NAME - 1]);
    }

    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }
}
