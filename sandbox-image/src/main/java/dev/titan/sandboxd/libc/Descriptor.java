package dev.titan.sandboxd.libc;

import java.nio.file.Path;

/**
 * An open file descriptor, closed by its owner exactly once.
 *
 * @param number what the kernel calls it
 */
public record Descriptor(int number) implements AutoCloseable {

    /**
     * Returns a path that means this very file, whatever its name means by now. Opening it with the JDK's own classes
     * gives streams and attributes of exactly what was resolved.
     */
    public Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    @Override
    public void close() {
        LibC.close(number);
    }
}
