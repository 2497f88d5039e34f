package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.answer;
import static dev.titan.workflows.task.ScriptedActivities.open;
import static dev.titan.workflows.task.ScriptedActivities.plan;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.Replan;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskTerms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task that goes on from another one does what was not done there, and nothing else. */
class ForkedTaskTest {

    private static final ForkOrigin FROM =
            new ForkOrigin(new TaskId("task-01234567-89ab-7def-8123-00000000000f"), new StepId("a"));

    private final TestLoop loop = new TestLoop();
    private final ScriptedActivities activities = loop.activities;

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void worksOnWhatIsOpenAlone() throws Exception {
        var inheritance = new Inheritance(FROM, 2, steps("a", "b"), false, 1, 0, true, null);

        assertThat(run(inheritance, planned("c", "b"), planned("d", "c"))).isInstanceOf(TaskOutcome.Succeeded.class);

        assertThat(activities.asked)
                .containsExactly(
                        "create",
                        "c 1",
                        "review c succeeded",
                        "d 1",
                        "review d succeeded",
                        "judge 0",
                        "collect",
                        "destroy");
        assertThat(activities.recorded)
                .containsExactly("task_started", "step_started/c/2/1", "step_started/d/2/1", "end");
        loop.replay();
    }

    @Test
    void keepsWhatIsDoneWhenThePlanIsRevised() {
        activities.verdicts.add(new Verdict(false, true, "not yet", null));
        activities.plans.add(plan(3, planned("c", "b")));

        run(new Inheritance(FROM, 2, steps("a", "b"), false, 1, 0, true, null));

        assertThat(activities.asked).containsSubsequence("judge 0", "plan 3 keeping [a, b]", "c 1", "judge 0");
    }

    @Test
    void interpretsAnotherGoalAndPlansWhatIsLeft() {
        activities.plans.add(plan(2, planned("x", "a")));

        run(new Inheritance(FROM, 1, steps("a"), false, 0, 0, true, Replan.OTHER_GOAL), planned("b", "a"));

        assertThat(activities.asked)
                .containsSubsequence("interpret", "plan 2 keeping [a]", "x 1", "judge 0")
                .doesNotContain("b 1");
    }

    @Test
    void plansAnewWhatWasDoneAndNotEnough() {
        activities.plans.add(plan(2, planned("b", "a")));

        run(new Inheritance(FROM, 1, steps("a"), false, 3, 0, true, Replan.VERDICT));

        assertThat(activities.asked).startsWith("plan 2 keeping [a]", "create", "b 1");
    }

    @Test
    void beginsAtTheBeginningWhereThereWasNoPlan() {
        activities.plans.add(plan(1, planned("a")));

        run(new Inheritance(new ForkOrigin(FROM.task(), null), 0, List.of(), false, 0, 0, false, null));

        assertThat(activities.asked).startsWith("interpret", "plan 1 keeping []", "create", "a 1");
    }

    @Test
    void showsTheModelTheMessagesThatWereTakenOver() {
        activities.turns.add(answer());

        run(new Inheritance(FROM, 1, steps("a"), false, 0, 2, true, null), open("b"));

        assertThat(activities.asked).contains("turn b/1 null messages 1-2");
    }

    @Test
    void beginsNoFurtherStepWhenThePlanWasToEnd() {
        run(new Inheritance(FROM, 1, steps("a"), true, 0, 0, true, null), planned("b"));

        assertThat(activities.asked).first().isEqualTo("judge 0");
    }

    private TaskOutcome run(Inheritance inheritance, StepOutline... open) {
        TaskProgress progress = TaskProgress.of(inheritance, List.of(open), Instant.EPOCH, Budget.UNLIMITED);
        return loop.start(TaskLimits.DEFAULT, 0, TaskTerms.DEFAULT, progress).getResult(TaskOutcome.class);
    }

    private static List<StepId> steps(String... ids) {
        return List.of(ids).stream().map(StepId::new).toList();
    }
}
