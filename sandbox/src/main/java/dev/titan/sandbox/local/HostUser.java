package dev.titan.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As whom Titan runs, which decides how a sandbox gets its user. */
enum HostUser {
    /** Bubblewrap sets the sandbox up with root's rights; the daemon then becomes the sandbox's user for real. */
    ROOT,
    /** A user namespace maps the sandbox's user to Titan's own. */
    ORDINARY;

    static HostUser current() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0) ? ROOT : ORDINARY;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the owner of /proc/self", e);
        }
    }

    /**
     * Returns whether a limit on processes, set inside, counts those of one sandbox only. The kernel counts by user: the
     * sandbox's real user is shared with all others, and a mapped one has a count of its own since Linux 5.14.
     */
    boolean countsProcessesBySandbox(String kernelVersion) {
        Matcher version = Pattern.compile("(\\d+)\\.(\\d+).*").matcher(kernelVersion);
        return this == ORDINARY
                && version.matches()
                && Integer.parseInt(version.group(1)) * 1_000 + Integer.parseInt(version.group(2)) >= 5_014;
    }
}
