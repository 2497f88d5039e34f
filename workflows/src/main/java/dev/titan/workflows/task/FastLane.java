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

    /** Local work in one workflow task after which others get their turn: until the task ends, updates and cancellation wait. */
    private static final Duration BUSY_MAX = Duration.ofMillis(500);

    /** Since this change no timer makes the break, which took a second, but a call in the regular lane. */
    private static final String BREAKS = "breaks-by-regular-calls";

    private static final Duration OLD_BREAK = Duration.ofMillis(1);

    private final Lanes lanes;
    private long workflowTask;
    private Duration busy = Duration.ZERO;
    private @Nullable SandboxRef elsewhere;

    FastLane(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Returns whether a call into this sandbox should be tried here first. */
    boolean takes(EffectClass effect, @Nullable SandboxRef where) {
        return lanes == Lanes.TWO
                && where != null
                && effect != EffectClass.ONCE
                && !where.equals(elsewhere)
                && !isDueForABreak();
    }

    /** A regular activity ends the workflow task, and the next one brings what has waited. */
    private boolean isDueForABreak() {
        return !takesOldBreaks() && busyNow().compareTo(BUSY_MAX) >= 0;
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
        busy = busyNow().plus(Duration.ofMillis(Workflow.currentTimeMillis() - began));
        if (takesOldBreaks() && busy.compareTo(BUSY_MAX) >= 0) {
            busy = Duration.ZERO;
            Workflow.sleep(OLD_BREAK);
        }
        return report;
    }

    /** Returns the local work of this workflow task, or of all since the last break where that is how breaks were taken. */
    private Duration busyNow() {
        long now = Workflow.getInfo().getHistoryLength();
        if (now != workflowTask && !takesOldBreaks()) {
            workflowTask = now;
            busy = Duration.ZERO;
        }
        return busy;
    }

    private static boolean takesOldBreaks() {
        return Workflow.getVersion(BREAKS, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
    }
}
