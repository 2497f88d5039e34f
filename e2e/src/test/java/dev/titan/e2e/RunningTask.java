package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * A task as its user sees it.
 *
 * @param client how it is seen
 * @param id the task
 */
record RunningTask(TitanClient client, String id) {

    /** The longest commands of these tests take twenty seconds; the rest is patience with a busy machine. */
    private static final Duration END_MAX = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Waits for an event of that type. */
    JsonNode awaitEvent(String type) {
        await(type, () -> !events(type).isEmpty());
        return events(type).getFirst();
    }

    /** Waits until commands have printed that text. */
    void awaitOutput(String text) {
        await(
                text,
                () -> events("tool_output").stream()
                        .anyMatch(event ->
                                event.path("data").path("text").asString("").contains(text)));
    }

    /** Waits for one more event of that type than there are now. */
    void awaitAnother(String type) {
        int before = events(type).size();
        await("further " + type, () -> events(type).size() > before);
    }

    /** Waits for the end of the task and returns it; its events are dense from 1, whatever happened to it. */
    JsonNode awaitEnd() {
        return awaitEnd(END_MAX);
    }

    /** As {@link #awaitEnd()}, with patience for tasks that are many or whose worker is killed again and again. */
    JsonNode awaitEnd(Duration max) {
        await("end", max, () -> client.ended(id));
        List<JsonNode> events = events();
        assertThat(events)
                .isNotEmpty()
                .extracting(event -> event.path("seq").asLong())
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        return client.task(id);
    }

    private void await(String what, Callable<Boolean> condition) {
        await(what, END_MAX, condition);
    }

    /** Requests fail now and then while processes are being killed; only time ends the waiting. */
    private void await(String what, Duration max, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(max)
                    .pollInterval(LOOK)
                    .ignoreExceptions()
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no %s of %s within %s:%s".formatted(what, id, max, story()), e);
        }
    }

    /** Waits for the end, which has to be success. */
    JsonNode awaitSuccess() {
        JsonNode task = awaitEnd();
        assertThat(task.path("status").asString()).as(story()).isEqualTo("succeeded");
        return task;
    }

    /** Waits for the end, which has to be a failure of that reason. */
    JsonNode awaitFailure(String reason) {
        JsonNode task = awaitEnd();
        assertThat(task.path("status").asString()).as(story()).isEqualTo("failed");
        assertThat(task.path("reason").asString()).as(story()).isEqualTo(reason);
        return task;
    }

    /** Waits until the task is that: running, waiting, paused. */
    void awaitStatus(String status) {
        await(status, () -> client.task(id).path("status").asString().equals(status));
    }

    /** Waits for a call of this task that a person has to decide about, and returns it; of several the oldest. */
    JsonNode awaitApproval() {
        await("approval", () -> pendingApproval().isPresent());
        return pendingApproval().orElseThrow();
    }

    /** Returns the oldest call of this task that waits for a person. */
    Optional<JsonNode> pendingApproval() {
        return client.send("GET", "/v1/approvals?status=pending", "")
                .json()
                .path("data")
                .valueStream()
                .filter(approval -> approval.path("task_id").asString().equals(id))
                .findFirst();
    }

    /** Decides about the call that waits, and has it taken. */
    void decide(String decision) {
        String approval = awaitApproval().path("id").asString();
        Answer answer = post("/v1/approvals/" + approval, decision);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    /** Asks something of this task. */
    Answer ask(String verb, String body) {
        return post("/v1/tasks/%s/%s".formatted(id, verb), body);
    }

    /** As a client does: what nobody answered in time, such as after a crash, is repeated under the same key. */
    private Answer post(String path, String body) {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return Awaitility.await()
                .atMost(END_MAX)
                .until(() -> client.send("POST", path, body, key), answer -> answer.status() != 503);
    }

    List<JsonNode> events() {
        return client.events(id);
    }

    List<JsonNode> events(String type) {
        return client.events(id, type);
    }

    String artifact(String name) {
        return client.artifact(id, name);
    }

    /** Returns all events, one a line, for the message of a failed assertion. */
    String story() {
        StringBuilder story = new StringBuilder();
        events().forEach(event -> story.append('\n').append(event));
        return story.toString();
    }
}
