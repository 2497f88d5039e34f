package dev.titan.activities.tool;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.Workspace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a call's output into {@code tool_output} events, batched. The key of each names the bytes it covers, so an
 * attempt that hears the output from its beginning again knows what has been recorded and goes on exactly there: nothing
 * twice, nothing lost. Used by one thread.
 */
final class OutputRecorder implements Workspace.OutputListener {

    /** Five updates a second read as live, and what ends sooner is recorded with its result. */
    private static final Duration BATCH_DELAY = Duration.ofMillis(200);

    /** As much as an event may carry and still be cheap to send to every viewer. */
    private static final int BATCH_BYTES_MAX = 8 * 1024;

    /** More than anybody reads while it scrolls by; the model gets head and tail of the rest. */
    static final int CALL_BYTES_MAX = 256 * 1024;

    private static final String NAME = "tool_output";

    private final EffectJournal.Attempt attempt;
    private final Interruption interruption;
    private final CallKey key;
    private final String prefix;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final long recordedBefore;
    private long heard;
    private long recorded;
    private long lastBatchNanos = System.nanoTime();

    OutputRecorder(EffectJournal.Attempt attempt, Interruption interruption) {
        this.attempt = attempt;
        this.interruption = interruption;
        this.key = new CallKey(attempt.effect());
        this.prefix = key.of(NAME) + "/";
        this.recordedBefore = attempt.recorded(prefix).stream()
                .map(recordedKey -> recordedKey.substring(recordedKey.lastIndexOf('-') + 1))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
        this.recorded = recordedBefore;
    }

    @Override
    public void onOutput(byte[] chunk) {
        interruption.check();
        keep(chunk);
        boolean due = System.nanoTime() - lastBatchNanos >= BATCH_DELAY.toNanos();
        if (waiting.size() >= BATCH_BYTES_MAX || (due && waiting.size() > 0)) {
            List<PendingEvent> batch = batch(false);
            if (!batch.isEmpty()) {
                record(batch);
            }
            lastBatchNanos = System.nanoTime();
        }
    }

    /**
     * An attempt that was taken over, or whose store is away, leaves the command as it is: the next one waits for it already,
     * or will.
     */
    private void record(List<PendingEvent> batch) {
        try {
            attempt.record(batch);
        } catch (RuntimeException notRecorded) {
            throw new Workspace.Detached(notRecorded);
        }
    }

    /** Returns what is still to be recorded, now that the call has ended. */
    List<PendingEvent> rest() {
        return batch(true);
    }

    private void keep(byte[] chunk) {
        int known = Math.clamp(recordedBefore - heard, 0, chunk.length);
        int wanted = Math.clamp(CALL_BYTES_MAX - recorded - waiting.size(), 0, chunk.length - known);
        heard += chunk.length;
        waiting.write(chunk, known, wanted);
    }

    private List<PendingEvent> batch(boolean last) {
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        List<PendingEvent> events = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + BATCH_BYTES_MAX);
            boolean endsHere = last && end == bytes.length;
            int whole = endsHere ? end : Utf8.wholeCharacters(bytes, at, end);
            if (whole == at) {
                break; // the beginning of a character whose rest is still to come
            }
            events.add(event(new String(bytes, at, whole - at, StandardCharsets.UTF_8), whole - at));
            at = whole;
        }
        waiting.writeBytes(Arrays.copyOfRange(bytes, at, bytes.length));
        if (recorded == CALL_BYTES_MAX && heard > CALL_BYTES_MAX) {
            events.add(event("\n[… further output is not shown here …]\n", 1));
        }
        return events;
    }

    private PendingEvent event(String text, int bytes) {
        long start = recorded;
        recorded += bytes;
        PendingEvent event =
                key.event(NAME, new TaskEvent.ToolOutput(attempt.effect().call(), start, text));
        return new PendingEvent(prefix + start + "-" + recorded, event.at(), event.step(), event.turn(), event.data());
    }
}
