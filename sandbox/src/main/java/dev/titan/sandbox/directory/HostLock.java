package dev.titan.sandbox.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thing happen at a time on this host: among threads by a lock in memory, among processes by a lock on a file,
 * which the kernel gives back when its holder dies. So whoever holds it knows that what is half done was left by the dead.
 */
public final class HostLock {

    /** A process may not lock one file twice, so its threads queue up here; there is one entry for each home and use. */
    private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    /** What is done under the lock. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    private final Path file;
    private final ReentrantLock threads;

    /** @param file what is locked; made when it is not there, and never removed */
    public HostLock(Path file) {
        this.file = file;
        this.threads = THREADS.computeIfAbsent(file, absent -> new ReentrantLock());
    }

    /** Does it while nobody else does. */
    public <T> T holding(Action<T> action) throws IOException {
        threads.lock();
        try {
            Files.createDirectories(file.resolveSibling("."));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("lost the lock on " + file);
                }
                return action.run();
            }
        } finally {
            threads.unlock();
        }
    }
}
