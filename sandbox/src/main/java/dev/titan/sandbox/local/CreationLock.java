package dev.titan.sandbox.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one creation or removal of local sandboxes happen at a time on this host: among threads by a lock in memory, among
 * processes by a lock on a file, which the kernel gives back when its holder dies.
 */
final class CreationLock {

    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path file;

    CreationLock(Path file) {
        this.file = file;
    }

    <T> T holding(Supplier<T> action) throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(file.resolveSibling("."));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("lost the lock on " + file);
                }
                return action.get();
            }
        } finally {
            THREADS.unlock();
        }
    }
}
