package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.titan.contracts.chat.ReasoningActivity.Correction;
import dev.titan.contracts.chat.ReasoningActivity.JudgeRequest;
import dev.titan.contracts.chat.ReasoningActivity.PlanRequest;
import dev.titan.contracts.chat.ReasoningActivity.ReviewRequest;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.RecordedRequest;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the roles beside the executor are asked when the provider refuses their question as too long. */
@Tag("postgres")
class ShorterQuestionIT {

    private static final int STEPS = 6;
    private static final String STEP = "step-1";

    private final ReasoningFixture titan =
            new ReasoningFixture(ContextLimits.DEFAULT, Map.of(), MemoryScript.ofSteps(STEPS));

    @AfterEach
    void stop() {
        titan.close();
    }

    @Test
    void aJudgeIsShownASummaryOfTheSteps() {
        TaskId task = workedThrough();
        titan.server().faults().next(AskedRole.JUDGE, Fault.contextLengthExceeded());

        Spent spent = judge(task);

        assertThat(titan.server().requests().all())
                .extracting(RecordedRequest::role)
                .containsExactly(AskedRole.JUDGE, AskedRole.SUMMARIZER, AskedRole.JUDGE);
        assertGotShorter(AskedRole.JUDGE);
        assertThat(titan.requests(AskedRole.JUDGE).getLast().body().toString()).contains(MemoryScript.SUMMARY);
        assertThat(spent.modelCalls()).as("the verdict and its summary").isEqualTo(2);
        assertThat(judge(task)).as("a repeated attempt").isEqualTo(spent);
        assertThat(titan.server().requests().count()).isEqualTo(3);
    }

    @Test
    void aPlannerThatRevisesIsShownASummaryOfTheSteps() {
        TaskId task = workedThrough();
        titan.server().faults().next(AskedRole.PLANNER, Fault.contextLengthExceeded());

        titan.reasoning()
                .makePlan(new PlanRequest(
                        task, 2, new Correction(null, 1), List.of(), ReasoningFixture.TRACE, List.of()));

        assertThat(titan.server().requests().all())
                .extracting(RecordedRequest::role)
                .containsExactly(AskedRole.PLANNER, AskedRole.SUMMARIZER, AskedRole.PLANNER);
        assertGotShorter(AskedRole.PLANNER);
    }

    @Test
    void aReviewerIsShownLessOfEveryOutput() {
        TaskId task = ran();
        titan.server().faults().next(AskedRole.REVIEWER, Fault.contextLengthExceeded());

        review(task);

        assertThat(titan.server().requests().all())
                .extracting(RecordedRequest::role)
                .containsExactly(AskedRole.REVIEWER, AskedRole.REVIEWER);
        assertGotShorter(AskedRole.REVIEWER);
    }

    @Test
    void aQuestionThatStaysTooLongIsATypedFailure() {
        TaskId task = ran();
        titan.server().faults().next(AskedRole.REVIEWER, Fault.contextLengthExceeded());
        titan.server().faults().next(AskedRole.REVIEWER, Fault.contextLengthExceeded());

        ApplicationFailure failure = failure(() -> review(task));

        assertThat(failure.getType()).isEqualTo(FailureType.MODEL_CONTEXT_OVERFLOW.name());
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("maximum context length", "shortened, and it is still");
        assertThat(titan.server().requests().count()).isEqualTo(2);
    }

    @Test
    void aQuestionWithNothingToShortenIsAskedOnce() {
        TaskId task = titan.planned("Do six things.");
        titan.server().requests().clear();
        titan.server().faults().next(AskedRole.JUDGE, Fault.contextLengthExceeded());

        assertThat(failure(() -> judge(task)).getOriginalMessage()).contains("nothing in it to shorten");
        assertThat(titan.server().requests().count()).isEqualTo(1);
    }

    private TaskId workedThrough() {
        TaskId task = titan.planned("Do six things.");
        for (int step = 1; step <= STEPS; step++) {
            titan.turn(task, "step-" + step, 1);
            titan.ended(task, "step-" + step, 1, StepStatus.SUCCEEDED);
        }
        titan.server().requests().clear();
        return task;
    }

    private TaskId ran() {
        TaskId task = titan.planned("Do six things.");
        titan.ran(task, STEP, 1, new ToolResult.Succeeded("o".repeat(Wording.EVIDENCE_CHARS_MAX)));
        titan.server().requests().clear();
        return task;
    }

    private Spent judge(TaskId task) {
        return Objects.requireNonNull(titan.reasoning()
                .judgeTask(new JudgeRequest(task, 1, 1, 0, ReasoningFixture.TRACE, List.of()))
                .spent());
    }

    private void review(TaskId task) {
        titan.reasoning()
                .reviewStep(new ReviewRequest(
                        new StepPosition(task, 1, new StepId(STEP), 1),
                        StepStatus.SUCCEEDED,
                        1,
                        1,
                        false,
                        ReasoningFixture.TRACE,
                        List.of()));
    }

    private void assertGotShorter(AskedRole role) {
        assertThat(titan.requests(role)).hasSize(2);
        assertThat(bytes(titan.requests(role).getLast()))
                .isLessThan(bytes(titan.requests(role).getFirst()) * 3 / 4);
    }

    private static int bytes(RecordedRequest request) {
        return request.body().path("messages").toString().length();
    }

    private static ApplicationFailure failure(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(ApplicationFailure.class::isInstance)
                .map(ApplicationFailure.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no application failure", thrown));
    }
}
