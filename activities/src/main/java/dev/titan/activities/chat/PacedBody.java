package dev.titan.activities.chat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a streamed answer, read as it comes. Reading waits for the next bytes no longer than {@link Pace} allows,
 * which the JDK's own bodies cannot, and ends when its thread is interrupted; either is an {@link IOException} whose cause
 * says why. At most one batch of bytes waits to be read. Read by one thread.
 */
final class PacedBody extends InputStream implements BodySubscriber<PacedBody> {

    private final Pace pace;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private boolean closed;
    private boolean complete;

    PacedBody(Pace pace) {
        this.pace = pace;
    }

    private sealed interface Arrival {

        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record Failure(Throwable cause) implements Arrival {}

        record End() implements Arrival {}
    }

    @Override
    public CompletionStage<PacedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        if (closed) {
            given.cancel();
            return;
        }
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        arrivals.add(new Arrival.Failure(cause));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!complete && length > 0) {
            ByteBuffer next = unread.peek();
            if (next == null) {
                await();
            } else if (next.hasRemaining()) {
                int count = Math.min(length, next.remaining());
                next.get(target, offset, count);
                return count;
            } else {
                unread.remove();
            }
        }
        return length == 0 ? 0 : -1;
    }

    /** Ends the exchange, also in mid-answer. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void await() throws IOException {
        Arrival arrival;
        try {
            arrival = arrivals.poll(pace.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    new ChatException.Unavailable("The model call was interrupted.", RetryAdvice.NONE, e));
        }
        switch (arrival) {
            case Arrival.Bytes(List<ByteBuffer> buffers) -> {
                pace.heard(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
                unread.addAll(buffers);
                more();
            }
            case Arrival.Failure(Throwable cause) -> throw new IOException(pace.brokenOff(cause));
            case Arrival.End() -> complete = true;
            case null -> throw new IOException(pace.timedOut());
        }
    }

    private synchronized void more() {
        if (subscription != null) {
            subscription.request(1);
        }
    }
}
