package dev.titan.sandbox.directory;

import dev.titan.sandbox.SandboxShape;
import java.nio.file.Path;

/**
 * The place of one sandbox on its host. Its name tells nothing, for it can be read inside the sandbox.
 *
 * @param path the directory; Titan's alone
 */
public record SandboxDirectory(Path path) {

    /** Returns the last part of the path. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Returns the file that holds the {@link SandboxRecord}. */
    public Path record() {
        return path.resolve("sandbox.json");
    }

    /** Returns the mark of a sandbox that can be claimed. */
    Path ready() {
        return path.resolve("ready");
    }

    /** Returns the directory that is mounted into the sandbox, where it can write: nothing else is kept in it. */
    public Path socketDirectory() {
        return path.resolve("s");
    }

    /** Returns where the daemon's socket appears. */
    public Path socket() {
        return socketDirectory().resolve(SandboxShape.SOCKET_NAME);
    }

    /**
     * Returns the directory that is mounted into the sandbox for its way out, where it can only read. The directory and
     * not the socket, so that a new proxy can put a new socket there.
     */
    public Path egressDirectory() {
        return path.resolve("e");
    }
}
