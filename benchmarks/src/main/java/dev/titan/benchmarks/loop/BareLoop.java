package dev.titan.benchmarks.loop;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** The least that can be done with the same two activities and the same arguments: ask, call, ask again. */
public final class BareLoop implements Bare {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public void run(TaskStart start) {
        ActivityOptions options =
                ActivityOptions.newBuilder().setStartToCloseTimeout(LIMIT).build();
        ReasoningActivity model = Workflow.newActivityStub(ReasoningActivity.class, options);
        StepId step = new StepId("a");
        for (int turn = 1; ; turn++) {
            var at = new StepPosition(start.taskId(), 1, step, turn);
            if (model.nextTurn(new TurnRequest(at, null, null, start.traceId(), List.of()))
                    instanceof TurnOutline.Answer) {
                return;
            }
            call(
                    start.lanes(),
                    new ToolCallRequest(
                            new EffectId(start.taskId(), step, turn, 0),
                            new CallSource.Asked(),
                            NoOpActivities.SANDBOX,
                            null,
                            start.traceId(),
                            List.of()));
        }
    }

    private static void call(Lanes lanes, ToolCallRequest request) {
        switch (lanes) {
            case REGULAR -> {
                ActivityStub tool = Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(LIMIT)
                        .setTaskQueue(NoOpActivities.SANDBOX.taskQueue())
                        .build());
                tool.execute(NoOpActivities.TOOL, ToolCallReport.class, request);
            }
            case TWO -> {
                ActivityStub tool = Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(LIMIT)
                        .build());
                tool.execute(NoOpActivities.TOOL, FastReport.class, request);
            }
        }
    }
}
