package dev.titan.activities.tool;

import dev.titan.activities.checkpoint.CheckpointDraft;
import dev.titan.activities.checkpoint.WorkspaceCheckpoints;
import dev.titan.activities.heartbeat.Detaching;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One tool call from its request to its report, whatever attempt this is: resolve, claim, run, store what it changed,
 * record. A user's cancel ends the command and is recorded as the call's result; the end of a worker leaves the command
 * running for the next attempt to attach to. Thread-safe.
 */
public final class ToolDispatch {

    /** Between two tries to become the call that writes: others take at least a round trip to their sandbox. */
    private static final Duration TURN_POLL = Duration.ofMillis(50);

    /** What is recorded of a call that its user has ended. */
    static final String CANCELLED = "The task was cancelled; the call was ended.";

    private final CallResolver calls;
    private final EffectJournal journal;
    private final Workspaces workspaces;
    private final WorkspaceCheckpoints checkpoints;

    public ToolDispatch(
            CallResolver calls, EffectJournal journal, Workspaces workspaces, WorkspaceCheckpoints checkpoints) {
        this.calls = calls;
        this.journal = journal;
        this.workspaces = workspaces;
        this.checkpoints = checkpoints;
    }

    ToolCallReport run(ToolCallRequest request, Interruption interruption) {
        ResolvedCall call = calls.resolve(request);
        return switch (journal.begin(request, call)) {
            case EffectJournal.Begin.Done(ToolResult result) -> report(result);
            case EffectJournal.Begin.Unknown(EffectJournal.Attempt attempt) -> unknown(call, attempt);
            case EffectJournal.Begin.Run(EffectJournal.Attempt attempt) -> {
                CallContext context = new CallContext(
                        attempt, workspaces, request.sandbox(), () -> Detaching.check(interruption::check));
                yield run(call, attempt, context, interruption);
            }
        };
    }

    private ToolCallReport run(
            ResolvedCall call, EffectJournal.Attempt attempt, CallContext context, Interruption interruption) {
        try {
            interruption.check();
            awaitTurn(attempt, interruption);
            ToolResult result = call.run(context);
            CheckpointDraft draft = draft(attempt, context, interruption);
            return report(attempt.complete(call.call().tool(), result, context.unrecorded(), draft));
        } catch (ActivityCanceledException cancelled) {
            // Without a checkpoint: the task ends, and its sandbox with it.
            ToolResult result = new ToolResult.Failed(FailureKind.CANCELLED, CANCELLED);
            attempt.complete(call.call().tool(), result, context.unrecorded(), new CheckpointDraft.None());
            throw cancelled;
        } catch (Workspace.Detached detached) {
            throw detached.reason();
        }
    }

    /** Another call that writes may still be at work: an attempt that was thought dead, or a step beside this one. */
    private static void awaitTurn(EffectJournal.Attempt attempt, Interruption interruption) {
        while (!attempt.hasItsTurn()) {
            interruption.check();
            LockSupport.parkNanos(TURN_POLL.toNanos());
        }
    }

    private CheckpointDraft draft(EffectJournal.Attempt attempt, CallContext context, Interruption interruption) {
        return attempt.before()
                .flatMap(before ->
                        context.opened().map(workspace -> checkpoints.draft(before, workspace, interruption::check)))
                .orElse(new CheckpointDraft.None());
    }

    /** Where a person is to be asked, the call is left without a result: their words will be it. */
    private ToolCallReport unknown(ResolvedCall call, EffectJournal.Attempt attempt) {
        ToolResult result = call.noted(new ToolResult.Failed(FailureKind.OUTCOME_UNKNOWN, CallResolver.UNKNOWN));
        return switch (calls.unknownOutcome(attempt.effect())) {
            case ASK_PERSON -> report(result);
            case TELL_MODEL ->
                report(attempt.complete(call.call().tool(), result, List.of(), new CheckpointDraft.None()));
        };
    }

    private static ToolCallReport report(ToolResult result) {
        return new ToolCallReport(EffectJournal.failure(result).orElse(null), CallHash.of(result.text()));
    }
}
