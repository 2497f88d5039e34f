package dev.titan.workflows.task;

import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Short calls as local activities: no round trip to the server, and none to another process. It takes calls whose
 * repetition after a crash is harmless, because the ledger and the sandbox know them by their effect.
 */
final class FastLane {

    /** Local work after which others get their turn: without a break, updates and cancellation wait for its end. */
    private static final Duration BUSY_MAX = Duration.ofMillis(500);

    /** The shortest timer there is ends the workflow task, and the next one brings what has waited. */
    private static final Duration BREAK = Duration.ofMillis(1);

    private final Lanes lanes;
    private Duration busy = Duration.ZERO;
    private @Nullable SandboxRef elsewhere;

    FastLane(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Returns whether a call into this sandbox should be tried here first. */
    boolean takes(EffectClass effect, @Nullable SandboxRef where) {
        return lanes == Lanes.TWO && where != null && effect != EffectClass.ONCE && !where.equals(elsewhere);
    }

    /** Makes a call, or begins it; where that fails, the regular lane finds out why. */
    FastReport call(String tool, ToolCallRequest request) {
        long began = Workflow.currentTimeMillis();
        FastReport report;
        try {
            report = ActivityPolicy.fastLane(ActivityPolicy.summary(tool, request))
                    .execute(tool, FastReport.class, request);
        } catch (ActivityFailure failure) {
            return new FastReport.StillRunning();
        }
        if (report instanceof FastReport.NotHere) {
            elsewhere = request.sandbox();
        }
        rest(Duration.ofMillis(Workflow.currentTimeMillis() - began));
        return report;
    }

    private void rest(Duration worked) {
        busy = busy.plus(worked);
        if (busy.compareTo(BUSY_MAX) >= 0) {
            busy = Duration.ZERO;
            Workflow.sleep(BREAK);
        }
    }
}
