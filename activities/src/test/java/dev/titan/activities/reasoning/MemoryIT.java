package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.ReasoningActivity.JudgeRequest;
import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.RecordedRequest;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a model is shown of long tasks, as seen at the scripted model: it stays short, and nothing is paid twice. */
@Tag("postgres")
class MemoryIT {

    private static final String STEP = "step-1";
    private static final int STEPS = 50;
    private static final Map<Role, String> ONE_MODEL = Map.of();

    /** The opening without what it says of earlier steps: goal, specification and the step itself. */
    private static final int OPENING_CHARS_MAX = 1_500;

    private static final ContextLimits SMALL = new ContextLimits(500, 8_000);

    @Test
    void promptsStayShortHoweverManyStepsThereWere() {
        try (ReasoningFixture titan = titan(ContextLimits.DEFAULT, MemoryScript.ofSteps(STEPS))) {
            TaskId task = titan.planned("Do fifty things.");
            workThrough(titan, task);

            List<String> openings = openings(titan);
            assertThat(openings)
                    .hasSize(STEPS)
                    .allSatisfy(opening -> assertThat(opening)
                            .hasSizeLessThan(4 * ContextLimits.DEFAULT.digestTokens() + OPENING_CHARS_MAX));
            // 50 steps take some 16,500 tokens; each summary makes room for 3,000 tokens at least and 4,000 at most.
            assertThat(titan.requests(AskedRole.SUMMARIZER)).hasSizeBetween(3, 7);
            assertThat(titan.events(task, TaskEvent.ContextSummarized.class))
                    .hasSameSizeAs(titan.requests(AskedRole.SUMMARIZER))
                    .allSatisfy(event -> assertThat(event.summary()).isEqualTo(MemoryScript.SUMMARY));
            assertThat(openings.getLast())
                    .contains(MemoryScript.SUMMARY, MemoryScript.answer("step-" + (STEPS - 1)))
                    .doesNotContain("What came of step-1:");
            assertThat(titan.records().plans().ended(task))
                    .as("the store keeps them all")
                    .hasSize(STEPS);
        }
    }

    @Test
    void promptsGrowWithoutALimit() {
        try (ReasoningFixture titan = titan(new ContextLimits(64_000, 128_000), MemoryScript.ofSteps(STEPS))) {
            workThrough(titan, titan.planned("Do fifty things."));

            assertThat(titan.requests(AskedRole.SUMMARIZER)).isEmpty();
            assertThat(openings(titan).getLast())
                    .hasSizeGreaterThan(4 * ContextLimits.DEFAULT.digestTokens() + OPENING_CHARS_MAX);
        }
    }

    @Test
    void everyPromptBeginsLikeTheOneBeforeUntilTheNextSummary() {
        try (ReasoningFixture titan = titan(ContextLimits.DEFAULT, MemoryScript.ofSteps(STEPS))) {
            workThrough(titan, titan.planned("Do fifty things."));

            List<String> digests = openings(titan).stream()
                    .map(opening -> opening.substring(0, opening.indexOf("<plan_version>")))
                    .toList();
            int broken = 0;
            for (int i = 1; i < digests.size(); i++) {
                broken += digests.get(i).startsWith(digests.get(i - 1).stripTrailing()) ? 0 : 1;
            }
            assertThat(broken).isEqualTo(titan.requests(AskedRole.SUMMARIZER).size());
        }
    }

    @Test
    void aStepPaysForTheSummaryItNeededAndOnceOnly() {
        try (ReasoningFixture titan = titan(SMALL, MemoryScript.ofSteps(8))) {
            TaskId task = titan.planned("Do eight things.");
            int step = 1;
            while (titan.requests(AskedRole.SUMMARIZER).isEmpty()) {
                titan.turn(task, "step-" + step, 1);
                titan.ended(task, "step-" + step, 1, StepStatus.SUCCEEDED);
                step++;
            }
            String payer = "step-" + (step - 1);

            TurnOutline paid = titan.turn(task, payer, 1);
            assertThat(spent(paid).modelCalls()).as("the turn and its summary").isEqualTo(2);
            assertThat(spent(paid).tokens())
                    .isEqualTo(titan.events(task, TaskEvent.UsageRecorded.class).reversed().stream()
                            .limit(2)
                            .mapToLong(usage -> usage.inputTokens() + usage.outputTokens())
                            .sum());
            assertThat(spent(titan.turn(task, "step-1", 1)).modelCalls()).isEqualTo(1);
            assertThat(titan.requests(AskedRole.SUMMARIZER)).hasSize(1);
        }
    }

    @Test
    void theJudgeSeesEveryStepOrItsSummary() {
        try (ReasoningFixture titan = titan(SMALL, MemoryScript.ofSteps(6))) {
            TaskId task = titan.planned("Do six things.");
            titan.said(task, 1, "Remark 1.");
            titan.said(task, 2, "Remark 2.");
            workThrough(titan, task);
            int summaries = titan.requests(AskedRole.SUMMARIZER).size();

            Spent verdict = Objects.requireNonNull(titan.reasoning()
                    .judgeTask(new JudgeRequest(task, 1, 1, 0, ReasoningFixture.TRACE, List.of()))
                    .spent());

            assertThat(verdict.modelCalls())
                    .isEqualTo(1 + titan.requests(AskedRole.SUMMARIZER).size() - summaries);
            assertThat(verdict.modelCalls()).as("the verdict and its summary").isEqualTo(2);
            assertThat(question(titan.requests(AskedRole.JUDGE).getLast())).contains(MemoryScript.SUMMARY);
            assertThat(question(titan.requests(AskedRole.SUMMARIZER).getLast()))
                    .contains(
                            "<goal>\nDo six things.\n</goal>", "Remark 1.", "Remark 2.", "<at_most>93 words</at_most>")
                    .contains("<summary_so_far>", "<step id=\"step-6\" outcome=\"succeeded\">");
        }
    }

    @Test
    void aStepOfManyTurnsIsShownInWhatTheModelHolds() {
        try (ReasoningFixture titan = titan(SMALL, MemoryScript.ofTurns())) {
            TaskId task = titan.planned("Never end.");
            titan.turn(task, STEP, 1);
            titan.ran(task, STEP, 1, output(1));
            titan.said(task, 1, "Use port 8123.");
            titan.told(task, STEP, 2, 1);
            for (int turn = 2; turn <= 40; turn++) {
                titan.ran(task, STEP, turn, output(turn));
                titan.turn(task, STEP, turn + 1);
            }

            List<RecordedRequest> asked = titan.requests(AskedRole.EXECUTOR);
            assertThat(asked)
                    .hasSize(41)
                    .allSatisfy(MemoryIT::hasWholePairs)
                    .allSatisfy(request -> assertThat(tokens(request)).isLessThanOrEqualTo(SMALL.windowTokens()));
            assertThat(asked.subList(1, 41))
                    .allSatisfy(request -> assertThat(question(request))
                            .contains("<message_from_the_user>Use port 8123.</message_from_the_user>"));
            int summaries = titan.requests(AskedRole.SUMMARIZER).size();
            assertThat(summaries).isBetween(3, 20);
            assertThat(beginnings(asked))
                    .as("prompts that begin unlike the one before")
                    .isEqualTo(summaries);
            assertThat(titan.conversation(task, "step/" + STEP).stream().filter(Message.Reply.class::isInstance))
                    .as("the store keeps every turn")
                    .hasSize(41);
        }
    }

    @Test
    void aRefusedConversationIsShortenedAndAskedOnceMore() {
        MemoryScript script = MemoryScript.ofTurns();
        try (ReasoningFixture titan = titan(ContextLimits.DEFAULT, script)) {
            TaskId task = workedOn(titan, 8);
            script.executorBytesMax()
                    .set(bytes(titan.requests(AskedRole.EXECUTOR).getLast()));
            titan.server().requests().clear();

            TurnOutline outline = titan.turn(task, STEP, 9);

            assertThat(titan.server().requests().all())
                    .extracting(RecordedRequest::role)
                    .containsExactly(AskedRole.EXECUTOR, AskedRole.SUMMARIZER, AskedRole.EXECUTOR);
            List<RecordedRequest> asked = titan.requests(AskedRole.EXECUTOR);
            assertThat(bytes(asked.getLast()))
                    .isLessThan(script.executorBytesMax().get());
            assertThat(question(asked.getLast())).contains(MemoryScript.SUMMARY);
            assertThat(spent(outline).modelCalls()).isEqualTo(2);
            assertThat(question(titan.requests(AskedRole.SUMMARIZER).getFirst()))
                    .contains("output 1 ", "output 5 ");

            assertThat(titan.turn(task, STEP, 9)).as("a repeated attempt").isEqualTo(outline);
            titan.ran(task, STEP, 9, output(9));
            titan.turn(task, STEP, 10);
            assertThat(titan.server().requests().count()).isEqualTo(4);
            assertThat(question(titan.requests(AskedRole.EXECUTOR).getLast())).contains(MemoryScript.SUMMARY);
        }
    }

    @Test
    void aConversationThatStaysTooLongIsATypedFailure() {
        MemoryScript script = MemoryScript.ofTurns();
        try (ReasoningFixture titan = titan(ContextLimits.DEFAULT, script)) {
            TaskId task = workedOn(titan, 8);
            script.executorBytesMax().set(1_000);
            titan.server().requests().clear();

            ApplicationFailure failure = failure(() -> titan.turn(task, STEP, 9));

            assertThat(failure.getType()).isEqualTo(FailureType.MODEL_CONTEXT_OVERFLOW.name());
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage()).contains("maximum context length", "it is still too long");
            assertThat(titan.server().requests().all())
                    .extracting(RecordedRequest::role)
                    .containsExactly(AskedRole.EXECUTOR, AskedRole.SUMMARIZER, AskedRole.EXECUTOR);
            assertThat(failure(() -> titan.turn(task, STEP, 9)).getOriginalMessage())
                    .contains("it is still too long");
            assertThat(titan.server().requests().count(AskedRole.SUMMARIZER)).isEqualTo(1);
        }
    }

    @Test
    void aFirstPromptThatIsTooLongHasNothingToShorten() {
        MemoryScript script = MemoryScript.ofTurns();
        try (ReasoningFixture titan = titan(ContextLimits.DEFAULT, script)) {
            TaskId task = titan.planned("Never end.");
            script.executorBytesMax().set(1_000);
            titan.server().requests().clear();

            assertThat(failure(() -> titan.turn(task, STEP, 1)).getOriginalMessage())
                    .contains("no older turns");
            assertThat(titan.server().requests().count()).isEqualTo(1);
        }
    }

    @Test
    void anAttemptThatFindsTheSummaryStoredDoesNotPayAgain() {
        MemoryScript script = MemoryScript.ofTurns();
        try (ReasoningFixture titan = titan(ContextLimits.DEFAULT, script)) {
            TaskId task = workedOn(titan, 8);
            script.executorBytesMax()
                    .set(bytes(titan.requests(AskedRole.EXECUTOR).getLast()));
            titan.server().requests().clear();
            // The first answer is a refusal for its length, so this one meets the shortened conversation.
            titan.server().faults().next(AskedRole.EXECUTOR, Fault.contextLengthExceeded());
            titan.server().faults().next(AskedRole.EXECUTOR, Fault.serverError());

            assertThat(failure(() -> titan.turn(task, STEP, 9)).getType())
                    .isEqualTo(FailureType.MODEL_UNAVAILABLE.name());
            TurnOutline outline = titan.turn(task, STEP, 9);

            assertThat(titan.server().requests().all())
                    .extracting(RecordedRequest::role)
                    .containsExactly(AskedRole.EXECUTOR, AskedRole.SUMMARIZER, AskedRole.EXECUTOR, AskedRole.EXECUTOR);
            assertThat(titan.requests(AskedRole.EXECUTOR).get(2).body().path("messages"))
                    .isEqualTo(titan.requests(AskedRole.EXECUTOR).get(1).body().path("messages"));
            assertThat(spent(outline).modelCalls())
                    .as("what it has cost altogether")
                    .isEqualTo(2);
        }
    }

    @Test
    void theSummarizerHasAModelOfItsOwnAndIsCounted() {
        MemoryScript script = MemoryScript.ofTurns();
        Map<Role, String> roles = Map.of(Role.SUMMARIZER, "openai/small");
        try (ReasoningFixture titan = new ReasoningFixture(ContextLimits.DEFAULT, roles, script)) {
            TaskId task = workedOn(titan, 6);
            titan.server().faults().next(AskedRole.EXECUTOR, Fault.contextLengthExceeded());

            titan.turn(task, STEP, 7);

            assertThat(titan.requests(AskedRole.SUMMARIZER)
                            .getFirst()
                            .body()
                            .path("model")
                            .asString())
                    .isEqualTo("small");
            assertThat(titan.events(task, TaskEvent.UsageRecorded.class))
                    .filteredOn(usage -> usage.role() == Role.SUMMARIZER)
                    .singleElement()
                    .satisfies(usage -> {
                        assertThat(usage.model()).isEqualTo("openai/small");
                        assertThat(usage.prompt()).isEqualTo("summarizer/1");
                        assertThat(usage.inputTokens()).isPositive();
                    });
        }
    }

    private static ReasoningFixture titan(ContextLimits limits, MemoryScript script) {
        return new ReasoningFixture(limits, ONE_MODEL, script);
    }

    private static void workThrough(ReasoningFixture titan, TaskId task) {
        int steps = titan.records().plans().find(task, 1).orElseThrow().steps().size();
        for (int step = 1; step <= steps; step++) {
            titan.turn(task, "step-" + step, 1);
            titan.ended(task, "step-" + step, 1, StepStatus.SUCCEEDED);
        }
    }

    /** A task whose first step has had so many turns, each with its result. */
    private static TaskId workedOn(ReasoningFixture titan, int turns) {
        TaskId task = titan.planned("Never end.");
        for (int turn = 1; turn <= turns; turn++) {
            titan.turn(task, STEP, turn);
            titan.ran(task, STEP, turn, output(turn));
        }
        return task;
    }

    private static ToolResult output(int turn) {
        return new ToolResult.Succeeded("output %d ".formatted(turn) + "o".repeat(3_000));
    }

    private static List<String> openings(ReasoningFixture titan) {
        return titan.requests(AskedRole.EXECUTOR).stream()
                .map(MemoryIT::question)
                .toList();
    }

    /** Returns what the first message after the instructions says. */
    private static String question(RecordedRequest request) {
        JsonNode first = request.body().path("messages").path(1);
        assertThat(first.path("role").asString()).isEqualTo("user");
        StringBuilder all = new StringBuilder();
        request.body().path("messages").forEach(message -> {
            if (message.path("role").asString().equals("user")) {
                all.append(message.path("content").asString());
            }
        });
        return all.toString();
    }

    private static int bytes(RecordedRequest request) {
        return request.body().toString().length();
    }

    /** As the scripted model counts them, and reports them. */
    private static int tokens(RecordedRequest request) {
        return bytes(request) / 4;
    }

    private static void hasWholePairs(RecordedRequest request) {
        Set<String> open = new HashSet<>();
        request.body().path("messages").forEach(message -> {
            message.path("tool_calls").forEach(call -> open.add(call.path("id").asString()));
            if (message.path("role").asString().equals("tool")) {
                assertThat(open.remove(message.path("tool_call_id").asString())).isTrue();
            }
        });
        assertThat(open).as("calls without result").isEmpty();
    }

    /** Counts the requests whose messages are not those of the one before with some more behind them. */
    private static int beginnings(List<RecordedRequest> requests) {
        List<List<JsonNode>> messages = new ArrayList<>();
        requests.forEach(request ->
                messages.add(request.body().path("messages").valueStream().toList()));
        int others = 0;
        for (int i = 1; i < messages.size(); i++) {
            List<JsonNode> before = messages.get(i - 1);
            List<JsonNode> now = messages.get(i);
            others +=
                    now.size() > before.size() && now.subList(0, before.size()).equals(before) ? 0 : 1;
        }
        return others;
    }

    private static Spent spent(TurnOutline outline) {
        return Objects.requireNonNull(outline.spent());
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
