package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts tool calls as activities on the queue where they have to run. */
final class ToolCalls {

    private final TaskStart start;
    private final Outbox outbox;
    private final TaskSandbox sandbox;

    ToolCalls(TaskStart start, Outbox outbox, TaskSandbox sandbox) {
        this.start = start;
        this.outbox = outbox;
        this.sandbox = sandbox;
    }

    /** Runs the calls of one turn, side by side when every one of them allows it, and reports in their order. */
    List<ToolCallReport> run(StepId step, int turn, List<CallOutline> calls, CallSource source) {
        boolean together = calls.stream().allMatch(CallOutline::parallelSafe);
        // Before the outbox is opened: creating the sandbox delivers what waits there.
        if (calls.stream().anyMatch(call -> call.place() == ToolPlace.SANDBOX)) {
            sandbox.require();
        }
        return outbox.deliverFor(events -> {
            List<StartedCall> started = new ArrayList<>();
            for (CallOutline call : calls) {
                EffectId effect = new EffectId(start.taskId(), step, turn, call.call());
                StartedCall one = new StartedCall(call.tool(), call.place(), effect, source, events);
                if (!together) {
                    one.report();
                }
                started.add(one);
            }
            return started.stream().map(StartedCall::report).toList();
        });
    }

    /** Runs the first {@code checks} commands of the success criteria; their results are in the ledger. */
    void check(int turn, int checks) {
        sandbox.require();
        for (int check = 0; check < checks; check++) {
            EffectId effect = new EffectId(start.taskId(), ReasoningActivity.VERIFY, turn, check);
            CallSource source = new CallSource.Criterion(check);
            outbox.deliver(events -> new StartedCall("shell", ToolPlace.SANDBOX, effect, source, events).report());
        }
    }

    /** One call; when its sandbox turns out to be gone, it is made again, as the same effect, in the next one. */
    private final class StartedCall {

        private final String tool;
        private final EffectId effect;
        private final CallSource source;
        private final List<PendingEvent> events;
        private @Nullable SandboxRef where;
        private Promise<ToolCallReport> answer;

        StartedCall(String tool, ToolPlace place, EffectId effect, CallSource source, List<PendingEvent> events) {
            this.tool = tool;
            this.effect = effect;
            this.source = source;
            this.events = events;
            this.where = switch (place) {
                case WORKER -> null;
                case SANDBOX -> sandbox.require();
            };
            this.answer = begin(where);
        }

        ToolCallReport report() {
            while (true) {
                try {
                    return answer.get();
                } catch (ActivityFailure failure) {
                    if (where == null || !sandbox.replaces(where, failure)) {
                        throw failure;
                    }
                    where = sandbox.require();
                    answer = begin(where);
                }
            }
        }

        private Promise<ToolCallReport> begin(@Nullable SandboxRef in) {
            var request = new ToolCallRequest(effect, source, in, start.traceId(), events);
            return ActivityPolicy.tool("%s · %s".formatted(tool, effect.step()), in)
                    .executeAsync(tool, ToolCallReport.class, request);
        }
    }
}
