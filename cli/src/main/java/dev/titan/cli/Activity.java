package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * What a task is doing now, for the line below the others.
 *
 * @param words what it does
 * @param since the time of the event that says so
 */
record Activity(String words, Instant since) {

    /** Returns what follows an event; events that change nothing keep what was. */
    Activity after(EventEnvelope event) {
        return switch (event.data()) {
            case TaskEvent.TaskQueued _ -> now("waiting for a worker", event);
            case TaskEvent.TaskStarted _ -> now("reading the goal", event);
            case TaskEvent.PlanGenerated _, TaskEvent.CorrectionApplied _ -> now("starting the next step", event);
            case TaskEvent.StepStarted _,
                    TaskEvent.Resumed _,
                    TaskEvent.SandboxCreated _,
                    TaskEvent.SandboxRestored _ -> now("working", event);
            case TaskEvent.ToolCalled called -> now("running " + called.tool(), event);
            case TaskEvent.ToolCompleted _ -> now("thinking", event);
            case TaskEvent.StepCompleted _ -> now("reviewing the step", event);
            case TaskEvent.ReviewCompleted _ -> now("deciding what comes next", event);
            case TaskEvent.SandboxLost _ -> now("looking for another sandbox", event);
            case TaskEvent.ApprovalRequested _, TaskEvent.InputRequested _, TaskEvent.Paused _ ->
                now("waiting for you", event);
            case TaskEvent.ArtifactCreated _ -> now("storing artifacts", event);
            case TaskEvent.ToolOutput _,
                    TaskEvent.UsageRecorded _,
                    TaskEvent.Live _,
                    TaskEvent.FileAccessed _,
                    TaskEvent.EgressDecided _,
                    TaskEvent.MessageReceived _,
                    TaskEvent.ApprovalDecided _,
                    TaskEvent.BudgetReached _,
                    TaskEvent.BudgetRaised _,
                    TaskEvent.ContextSummarized _ -> this;
            case TaskEvent.Completed _, TaskEvent.Failed _ -> new Activity("", event.timestamp());
        };
    }

    /** Returns the line; a clock of the server that differs from ours by less than a second does not show. */
    String at(Instant now) {
        return words.isEmpty()
                ? ""
                : "  … %s, %d s"
                        .formatted(
                                words, Math.max(0, Duration.between(since, now).toSeconds()));
    }

    private static Activity now(String words, EventEnvelope event) {
        return new Activity(words, event.timestamp());
    }
}
