package dev.titan.activities.tool;

import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes calls within a workflow task, which has to be short: a call that is not over in time is left as it is, as when
 * its worker ends, and a regular activity attaches to it. Thread-safe.
 */
public final class FastLane {

    /**
     * Most calls take milliseconds, and for one that takes longer a regular activity's 15 ms are little. Meanwhile the
     * workflow hears of nothing else, so this is what a cancel may wait.
     */
    private static final Duration WAIT_MAX = Duration.ofMillis(500);

    private final ToolDispatch dispatch;
    private final Optional<String> queue;

    /** @param queue of the calls into the sandboxes of this process; empty when it has none */
    public FastLane(ToolDispatch dispatch, Optional<String> queue) {
        this.dispatch = dispatch;
        this.queue = queue;
    }

    FastReport run(ToolCallRequest request) {
        SandboxRef sandbox = request.sandbox();
        if (sandbox == null || !queue.equals(Optional.of(sandbox.taskQueue()))) {
            return new FastReport.NotHere();
        }
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        try {
            return new FastReport.Done(dispatch.run(request, () -> {
                if (System.nanoTime() - deadline > 0) {
                    throw new OutOfTime();
                }
            }));
        } catch (OutOfTime handOver) {
            return new FastReport.StillRunning();
        }
    }

    private static final class OutOfTime extends ActivityCompletionException {}
}
