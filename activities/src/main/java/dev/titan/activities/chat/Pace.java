package dev.titan.activities.chat;

import java.io.IOException;
import java.time.Duration;

/**
 * How an answer has to come: its first byte in time, then never silent for too long, and no endless one. Used by one
 * thread.
 */
final class Pace {

    /** The longest answers of today's models are below 1 MB; more is a mistake or an attack. */
    static final long ANSWER_BYTES_MAX = 16L * 1024 * 1024;

    /** Whatever a model still says then, the activity around it would end two minutes later without a reason. */
    private static final Duration STREAM_MAX = Duration.ofMinutes(8);

    private final String host;
    private final ModelTimeouts timeouts;
    private final long begin = System.nanoTime();
    private long heard = begin;
    private long bytes;

    /** Begins now, with the request. */
    Pace(String host, ModelTimeouts timeouts) {
        this.host = host;
        this.timeouts = timeouts;
    }

    /** Returns how long the next bytes may take from now on; zero when they are late already. */
    Duration left() {
        long now = System.nanoTime();
        long ofSilence = limit().toNanos() - (now - heard);
        long ofAll = STREAM_MAX.toNanos() - (now - begin);
        return Duration.ofNanos(Math.max(0, Math.min(ofSilence, ofAll)));
    }

    /** Bytes have come. */
    void heard(int count) throws IOException {
        heard = System.nanoTime();
        bytes += count;
        if (bytes > ANSWER_BYTES_MAX) {
            throw new IOException("the answer is longer than %d bytes".formatted(ANSWER_BYTES_MAX));
        }
    }

    ChatException timedOut() {
        long silent = Math.max(1, limit().toSeconds());
        String what = bytes == 0
                ? "did not begin to answer within %d s".formatted(silent)
                : System.nanoTime() - begin < STREAM_MAX.toNanos()
                        ? "stopped in mid-answer and said nothing for %d s".formatted(silent)
                        : "had not ended its answer after %d s".formatted(STREAM_MAX.toSeconds());
        return new ChatException.TimedOut("%s %s.".formatted(host, what), null);
    }

    ChatException brokenOff(Throwable cause) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ChatException.Unavailable(
                "%s broke off its answer: %s".formatted(host, said), RetryAdvice.NONE, cause);
    }

    private Duration limit() {
        return bytes == 0 ? timeouts.answer() : timeouts.silence();
    }
}
