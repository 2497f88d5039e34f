package dev.titan.activities.tool;

import dev.titan.activities.heartbeat.Detaching;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import io.temporal.client.ActivityCanceledException;
import java.util.List;

/**
 * One tool call from its request to its report, whatever attempt this is: resolve, claim, run, record. A user's cancel
 * ends the command and is recorded as the call's result; the end of a worker leaves the command running for the next
 * attempt to attach to. Thread-safe.
 */
public final class ToolDispatch {

    private final CallResolver calls;
    private final EffectJournal journal;
    private final Workspaces workspaces;

    public ToolDispatch(CallResolver calls, EffectJournal journal, Workspaces workspaces) {
        this.calls = calls;
        this.journal = journal;
        this.workspaces = workspaces;
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

    private static ToolCallReport run(
            ResolvedCall call, EffectJournal.Attempt attempt, CallContext context, Interruption interruption) {
        try {
            interruption.check();
            ToolResult result = call.run(context);
            attempt.complete(call.call().tool(), result, context.unrecorded());
            return report(result);
        } catch (ActivityCanceledException cancelled) {
            ToolResult result =
                    new ToolResult.Failed(FailureKind.CANCELLED, "The task was cancelled; the call was ended.");
            attempt.complete(call.call().tool(), result, context.unrecorded());
            throw cancelled;
        } catch (Workspace.Detached detached) {
            throw detached.reason();
        }
    }

    private static ToolCallReport unknown(ResolvedCall call, EffectJournal.Attempt attempt) {
        ToolResult result = new ToolResult.Failed(
                FailureKind.OUTCOME_UNKNOWN,
                "A crash hides whether this call took effect, and it was not repeated. Find out whether it did before calling it again.");
        attempt.complete(call.call().tool(), result, List.of());
        return report(result);
    }

    private static ToolCallReport report(ToolResult result) {
        return new ToolCallReport(EffectJournal.failure(result).orElse(null), ShortHash.of(result.text()));
    }
}
