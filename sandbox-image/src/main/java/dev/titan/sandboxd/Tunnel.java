package dev.titan.sandboxd;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection to the daemon's socket over standard input and output, for callers who can start a process in the
 * sandbox and cannot see its file system, such as {@code kubectl exec}. A process of its own: it ends with either side.
 */
final class Tunnel {

    /** Above the size of most requests and answers. */
    private static final int BUFFER_BYTES = 32 * 1024;

    /** A caller may be here before the daemon listens, which takes it below a second unless the host is loaded. */
    private static final Duration START_MAX = Duration.ofSeconds(10);

    private static final Duration START_POLL = Duration.ofMillis(10);

    /**
     * A caller who vanishes without a word leaves the process and its 40 MB behind, since not every engine closes
     * standard input then. A live one has an answer within a minute and dials again when it finds its tunnel gone.
     */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);

    private static final Duration SILENCE_POLL = Duration.ofSeconds(10);

    private volatile long lastByteNanos = System.nanoTime();
    private volatile boolean over;

    private Tunnel() {}

    /** Carries bytes until one side ends. */
    static void run(Path socket) throws IOException {
        new Tunnel().carry(connect(socket));
    }

    private static SocketChannel connect(Path socket) throws IOException {
        long giveUp = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (IOException e) {
                channel.close();
                if (System.nanoTime() - giveUp >= 0) {
                    throw new IOException("no daemon listens on %s: %s".formatted(socket, e.getMessage()), e);
                }
                LockSupport.parkNanos(START_POLL.toNanos());
            }
        }
    }

    private void carry(SocketChannel daemon) {
        Thread here = Thread.currentThread();
        FileChannel in = new FileInputStream(FileDescriptor.in).getChannel();
        FileChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
        begin("tunnel-requests", in, daemon, here);
        begin("tunnel-answers", daemon, out, here);
        while (!over && System.nanoTime() - lastByteNanos < SILENCE_MAX.toNanos()) {
            LockSupport.parkNanos(this, SILENCE_POLL.toNanos());
        }
    }

    private void begin(String name, ReadableByteChannel from, WritableByteChannel to, Thread waiting) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            copy(from, to);
            over = true;
            LockSupport.unpark(waiting);
        });
    }

    private void copy(ReadableByteChannel from, WritableByteChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                lastByteNanos = System.nanoTime();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // One side is gone, so the tunnel is over; the caller sees that its stream has ended.
        }
    }
}
