package dev.titan.benchmarks.loop;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.RecordActivity;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.ReviewOutline;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.util.List;

/** Activities that do nothing: one step, in which a model asks for one call after the other until it has had enough. */
final class NoOpActivities implements ReasoningActivity, SandboxActivity, RecordActivity {

    static final SandboxRef SANDBOX = new SandboxRef(new SandboxId("sbx-00000000"), "bench", "none", 1);
    static final String TOOL = "shell";

    private static final StepId STEP = new StepId("a");

    private final int turns;
    private final Beats beats;

    /** @param turns how many calls it asks for */
    NoOpActivities(int turns, Beats beats) {
        this.turns = turns;
        this.beats = beats;
    }

    @Override
    public Spent interpretGoal(InterpretRequest request) {
        return Spent.NOTHING;
    }

    @Override
    public PlanOutline makePlan(PlanRequest request) {
        return new PlanOutline(1, List.of(new StepOutline(STEP, List.of(), null, null)), Spent.NOTHING);
    }

    @Override
    public TurnOutline nextTurn(TurnRequest request) {
        beats.beat();
        int turn = request.at().turn();
        return turn > turns
                ? new TurnOutline.Answer(Spent.NOTHING)
                : new TurnOutline.Calls(List.of(call(turn)), Spent.NOTHING);
    }

    /** Every call is another one, or the loop would think that the model repeats itself. */
    private static CallOutline call(int turn) {
        return new CallOutline(TOOL, 0, "%016x".formatted(turn), EffectClass.SANDBOX, ToolPlace.SANDBOX, false, false);
    }

    @Override
    public ReviewOutline reviewStep(ReviewRequest request) {
        return new ReviewOutline(Decision.CONTINUE, Spent.NOTHING);
    }

    @Override
    public Verdict judgeTask(JudgeRequest request) {
        return new Verdict(true, true, "done", Spent.NOTHING);
    }

    @Override
    public SandboxRef createSandbox(CreateRequest request) {
        return SANDBOX;
    }

    @Override
    public SandboxRef restoreSandbox(RestoreRequest request) {
        return SANDBOX;
    }

    @Override
    public int collectArtifacts(SandboxRequest request) {
        return 0;
    }

    @Override
    public void destroySandbox(SandboxRequest request) {}

    @Override
    public void recordEvents(RecordRequest request) {}

    /** A tool that does nothing, in either lane. */
    static final class Tool implements DynamicActivity {

        private static final ToolCallReport REPORT = new ToolCallReport(null, "0".repeat(16));

        @Override
        public Object execute(EncodedValues arguments) {
            return Activity.getExecutionContext().getInfo().isLocal() ? new FastReport.Done(REPORT) : REPORT;
        }
    }
}
