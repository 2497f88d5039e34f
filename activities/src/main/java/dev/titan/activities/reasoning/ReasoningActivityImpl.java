package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ModelCatalog;
import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.review.ReviewOutline;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.event.LiveBroadcast;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

/** The frame around every question: the outbox is recorded, the attempt beats, failures get their types. */
public final class ReasoningActivityImpl implements ReasoningActivity {

    private final Records records;
    private final GoalReading goals;
    private final Planning plans;
    private final TurnTaking turns;
    private final StepReview reviews;
    private final Judgement judgements;

    /**
     * Makes the questions over what is stored.
     *
     * @param context how much of a task's past is shown
     * @param viewers where words are shown while they come
     */
    public ReasoningActivityImpl(
            Records records,
            ModelCatalog models,
            ContextLimits context,
            ToolRegistry tools,
            LiveBroadcast viewers,
            Clock clock) {
        this.records = records;
        Dialogue dialogue = new Dialogue(models, records, viewers, clock);
        Memory memory = Memory.of(records, dialogue, models, context, clock);
        this.goals = new GoalReading(records, dialogue, tools);
        this.plans = new Planning(records, dialogue, memory, tools, clock);
        this.turns = new TurnTaking(records, dialogue, memory, tools);
        this.reviews = new StepReview(records, dialogue, clock);
        this.judgements = new Judgement(records, dialogue, memory);
    }

    @Override
    public Spent interpretGoal(InterpretRequest request) {
        return answer(request.task(), request.traceId(), request.outbox(), () -> goals.interpret(request));
    }

    @Override
    public PlanOutline makePlan(PlanRequest request) {
        return answer(request.task(), request.traceId(), request.outbox(), () -> plans.plan(request));
    }

    @Override
    public TurnOutline nextTurn(TurnRequest request) {
        int attempt = Activity.getExecutionContext().getInfo().getAttempt();
        return answer(request.at().task(), request.traceId(), request.outbox(), () -> turns.take(request, attempt));
    }

    @Override
    public ReviewOutline reviewStep(ReviewRequest request) {
        return answer(request.at().task(), request.traceId(), request.outbox(), () -> reviews.review(request));
    }

    @Override
    public Verdict judgeTask(JudgeRequest request) {
        return answer(request.task(), request.traceId(), request.outbox(), () -> judgements.judge(request));
    }

    private <T> T answer(TaskId task, String traceId, List<PendingEvent> outbox, Callable<T> question) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return FailureMapper.guard(() -> BackgroundHeartbeat.during(context, () -> {
            if (!outbox.isEmpty()) {
                records.events().append(task, traceId, outbox);
            }
            return question.call();
        }));
    }
}
