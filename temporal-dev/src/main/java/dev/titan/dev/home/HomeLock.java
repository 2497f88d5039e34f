package dev.titan.dev.home;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The right to supervise a Titan home: a lock of the operating system, so that it ends with the process however that
 * ends, and beside it a file that says who holds it.
 */
public final class HomeLock implements AutoCloseable {

    private final TitanHome home;
    private final FileChannel channel;

    private HomeLock(TitanHome home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the lock and creates the home when it is new.
     *
     * @throws HomeInUseException when another process, or another stack of this process, holds it
     */
    public static HomeLock take(TitanHome home) throws IOException {
        Files.createDirectories(home.path());
        FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new HomeInUseException(home, owner(home));
        }
        HomeLock lock = new HomeLock(home, channel);
        lock.announce(null);
        return lock;
    }

    /** Tells whoever asks for this home next where the API answers. */
    public void announce(@Nullable URI api) throws IOException {
        var next = home.owner().resolveSibling("owner.json.new");
        Files.writeString(
                next,
                TitanJson.mapper()
                        .writeValueAsString(
                                new HomeOwner(ProcessHandle.current().pid(), api)));
        Files.move(next, home.owner(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives the home back. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(home.owner());
        channel.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static Optional<HomeOwner> owner(TitanHome home) {
        try {
            return Optional.of(TitanJson.mapper().readValue(Files.readString(home.owner()), HomeOwner.class));
        } catch (IOException | JacksonException notSaidYet) {
            return Optional.empty();
        }
    }
}
