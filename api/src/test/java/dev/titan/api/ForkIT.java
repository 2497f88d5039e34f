package dev.titan.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.TestApi.Answer;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.task.TaskRepository;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("postgres")
class ForkIT {

    private static final StepId FIRST = new StepId("first");
    private static TestApi api;
    private String task = "";

    @BeforeAll
    static void start() {
        api = TestApi.start(Map.of());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** A task without reviews, the first of whose two steps is done. */
    @BeforeEach
    void acceptATask() {
        task = api.post(
                        "/v1/tasks",
                        "{\"goal\":\"fork me\",\"review\":\"off\",\"budget\":{\"max_steps\":9,\"max_tokens\":100}}")
                .body()
                .path("id")
                .stringValue();
        Plan plan = new Plan(
                1, "because", Stream.of("first", "second").map(ForkIT::step).toList());
        api.bean(PlanRepository.class).save(new TaskId(task), plan);
        record("plan/1", null, new TaskEvent.PlanGenerated(plan));
        record("step_completed/first/1", FIRST, new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "done", null));
    }

    @Test
    void aForkIsATaskThatTellsWhereItComesFrom() {
        Answer answer = post("fork", "{\"step\":\"first\"}");

        String id = answer.body().path("id").stringValue();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/v1/tasks/" + id);
        assertThat(answer.body().path("status").stringValue()).isEqualTo("queued");
        assertThat(answer.body().path("forked_from").toString())
                .isEqualTo("{\"task\":\"%s\",\"step\":\"first\"}".formatted(task));
        Answer shown = api.get("/v1/tasks/" + id);
        assertThat(shown.body().path("forked_from")).isEqualTo(answer.body().path("forked_from"));
        assertThat(shown.body().path("events").get(0).path("data").path("forked_from"))
                .isEqualTo(answer.body().path("forked_from"));
        assertThat(shown.body()
                        .path("plan")
                        .path("steps")
                        .valueStream()
                        .map(step -> step.path("status").stringValue()))
                .containsExactly("succeeded", "pending");
        assertThat(api.get("/v1/tasks/" + task).body().has("forked_from")).isFalse();
    }

    @Test
    void whatIsNotSaidIsAsInTheOtherTask() {
        String body =
                "{\"step\":1,\"goal\":\"something else\",\"message\":\"be quick\",\"budget\":{\"max_steps\":3,\"max_usd\":0.5}}";

        JsonNode fork = api.get(post("fork", body).header("Location")).body();

        assertThat(fork.path("goal").stringValue()).isEqualTo("something else");
        assertThat(fork.path("budget").path("max_steps").intValue()).isEqualTo(3);
        assertThat(fork.path("events")
                        .valueStream()
                        .map(event -> event.path("type").stringValue()))
                .containsExactly("task_queued", "plan_generated", "message_received");
        TaskTerms terms = api.bean(TaskRepository.class)
                .find(new TaskId(fork.path("id").stringValue()))
                .orElseThrow()
                .request()
                .terms();
        assertThat(terms.budget()).isEqualTo(new Budget(new BigDecimal("0.5"), 100L, null, null, null));
        assertThat(terms.review()).isEqualTo(ReviewMode.OFF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|step|is missing",
                "{\"step\":null}|step|is missing",
                "{\"step\":0}|step|counts from 1",
                "{\"step\":-1}|step|counts from 1",
                "{\"step\":\"\"}|step|must be the id of a step",
                "{\"step\":\"No Id\"}|step|must be the id of a step",
                "{\"step\":1.5}|step|the id of a step or its number",
                "{\"step\":true}|step|the id of a step or its number",
                "{\"step\":{\"id\":\"first\"}}|step|the id of a step or its number",
                "{\"step\":[1]}|step|the id of a step or its number",
                "{\"step\":99999999999}|step|the id of a step or its number",
                "{\"step\":1,\"goal\":\" \"}|goal|is blank",
                "{\"step\":1,\"goal\":7}|goal|must be a string",
                "{\"step\":1,\"message\":\"\"}|message|is blank",
                "{\"step\":1,\"model\":\"x\"}|model|provider/model",
                "{\"step\":1,\"budget\":7}|budget|an object",
                "{\"step\":1,\"budget\":{\"max_steps\":0}}|budget.max_steps|1–10,000",
                "{\"step\":1,\"budget\":{\"max_stepz\":1}}|budget.max_stepz|is not known",
                "{\"step\":1,\"tools\":[]}|tools|is not known",
            })
    void badRequestsNameTheFieldAndTheReason(String body, String field, String reason) {
        Answer answer = post("fork", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("type").stringValue()).endsWith("invalid_request");
        assertThat(answer.body().path("errors").get(0).path("field").stringValue())
                .isEqualTo(field);
        assertThat(answer.body().path("errors").get(0).path("reason").stringValue())
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"step\":\"second\"}|is not done; steps that are done: first",
                "{\"step\":2}|is not done; steps that are done: first",
                "{\"step\":3}|is none: the plan has 2 steps",
                "{\"step\":\"third\"}|is no step of the task's plan; steps that are done: first",
            })
    void stepsThatAreNotDoneAreAConflict(String body, String reason) {
        Answer answer = post("fork", body);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("type").stringValue()).endsWith("state_conflict");
        assertThat(answer.body().path("errors").get(0).path("field").stringValue())
                .isEqualTo("step");
        assertThat(answer.body().path("errors").get(0).path("reason").stringValue())
                .isEqualTo(reason);
    }

    @Test
    void onlyWhatHasFailedOrWasCancelledIsTriedAgain() {
        Answer early = post("retry", "");
        record("end", null, new TaskEvent.Failed(TaskReason.MODEL_ERROR, "no answer"));
        Answer retried = post("retry", "");
        Answer changed = post("retry", "{\"message\":\"again\",\"budget\":{\"max_model_calls\":5}}");
        Answer wrong = post("retry", "{\"step\":1}");

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("detail").stringValue()).contains("queued", "failed or was cancelled");
        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.body().path("forked_from").toString())
                .isEqualTo("{\"task\":\"%s\",\"step\":\"first\"}".formatted(task));
        assertThat(changed.status()).isEqualTo(202);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("errors").get(0).path("field").stringValue())
                .isEqualTo("step");
    }

    @Test
    void theSameRequestUnderTheSameKeyIsAnsweredTheSame() {
        Answer first = post("fork", "{\"step\":1,\"message\":\"hi\"}", "Idempotency-Key", "same");
        Answer again = post("fork", "{\"message\":\"hi\", \"step\":1}", "Idempotency-Key", "same");
        Answer other = post("fork", "{\"step\":1}", "Idempotency-Key", "same");
        Answer otherKind = post("retry", "", "Idempotency-Key", "same");
        Answer created = api.post("/v1/tasks", "{\"goal\":\"x\"}", "Idempotency-Key", "same");
        Answer unusable = post("fork", "{\"step\":1}", "Idempotency-Key", "no spaces");

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(List.of(other, otherKind, created))
                .allSatisfy(answer ->
                        assertThat(answer.body().path("type").stringValue()).endsWith("idempotency_conflict"));
        assertThat(unusable.status()).isEqualTo(400);
    }

    @Test
    void aTaskThatIsNotThereIsNotFound() {
        for (String id : List.of("task-00000000-0000-7000-8000-000000000000", "nonsense")) {
            assertThat(api.post("/v1/tasks/%s/fork".formatted(id), "{\"step\":1}")
                            .status())
                    .isEqualTo(404);
            assertThat(api.post("/tasks/%s/retry".formatted(id), "").status()).isEqualTo(404);
        }
    }

    private Answer post(String verb, String body, String... headers) {
        return api.post("/v1/tasks/%s/%s".formatted(task, verb), body, headers);
    }

    private void record(String key, @Nullable StepId step, TaskEvent event) {
        api.bean(EventLog.class)
                .append(
                        new TaskId(task),
                        "0".repeat(32),
                        List.of(new PendingEvent(key, Instant.now(), step, null, event)));
    }

    private static Step step(String id) {
        return new Step(
                new StepId(id), "do " + id, List.of(), null, null, List.of(), null, StepStatus.PENDING, null, null);
    }
}
