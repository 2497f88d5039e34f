package dev.titan.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
