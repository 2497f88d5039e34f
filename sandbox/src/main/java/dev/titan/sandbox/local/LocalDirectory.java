package dev.titan.sandbox.local;

import dev.titan.sandbox.directory.SandboxDirectory;
import java.nio.file.Path;

/**
 * What the place of a local sandbox holds beside its socket.
 *
 * @param place the sandbox's place
 */
record LocalDirectory(SandboxDirectory place) {

    /** Returns where the workspace is mounted, for this sandbox's processes alone. */
    Path work() {
        return place.path().resolve("work");
    }

    /** Returns where {@code /tmp} is mounted, for this sandbox's processes alone. */
    Path tmp() {
        return place.path().resolve("tmp");
    }

    /** Returns the few files of {@code /etc} that a sandbox has of its own. */
    Path etc() {
        return place.path().resolve("etc");
    }

    /** Returns the file in which the {@link Anchor} says which process it is. */
    Path anchor() {
        return place.path().resolve("anchor");
    }

    /** Returns the file in which bubblewrap says which processes it made. */
    Path info() {
        return place.path().resolve("info.json");
    }

    /** Returns the filter of system calls, compiled. */
    Path filter() {
        return place.path().resolve("filter");
    }

    /** Returns what bubblewrap and the daemon print. */
    Path log() {
        return place.path().resolve("daemon.log");
    }
}
