package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.workflow.ActivityStub;
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
        boolean needsSandbox = calls.stream().anyMatch(call -> call.place() == ToolPlace.SANDBOX);
        SandboxRef home = needsSandbox ? sandbox.require() : null;
        return outbox.deliverFor(events -> {
            List<Promise<ToolCallReport>> started = new ArrayList<>();
            for (CallOutline call : calls) {
                EffectId effect = new EffectId(start.taskId(), step, turn, call.call());
                SandboxRef where = switch (call.place()) {
                    case WORKER -> null;
                    case SANDBOX -> home;
                };
                var request = new ToolCallRequest(effect, source, where, start.traceId(), events);
                Promise<ToolCallReport> report =
                        stub(call.tool(), step, where).executeAsync(call.tool(), ToolCallReport.class, request);
                if (!together) {
                    report.get();
                }
                started.add(report);
            }
            return started.stream().map(Promise::get).toList();
        });
    }

    /** Runs the first {@code checks} commands of the success criteria; their results are in the ledger. */
    void check(int turn, int checks) {
        SandboxRef where = sandbox.require();
        for (int check = 0; check < checks; check++) {
            EffectId effect = new EffectId(start.taskId(), ReasoningActivity.VERIFY, turn, check);
            CallSource source = new CallSource.Criterion(check);
            outbox.deliver(events -> stub("shell", ReasoningActivity.VERIFY, where)
                    .execute(
                            "shell",
                            ToolCallReport.class,
                            new ToolCallRequest(effect, source, where, start.traceId(), events)));
        }
    }

    private static ActivityStub stub(String tool, StepId step, @Nullable SandboxRef where) {
        return ActivityPolicy.tool("%s · %s".formatted(tool, step), where);
    }
}
