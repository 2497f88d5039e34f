package dev.titan.cli;

import static dev.titan.cli.TestEvents.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SmallServer server = new SmallServer();
    private final List<Long> seen = new ArrayList<>();
    private final List<LiveEvent> words = new ArrayList<>();
    private int lost;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsEveryEventOnceAndEnds() throws InterruptedException {
        server.events(outputs(40).then(new TaskEvent.Completed("ok")).list());

        follow(PATIENCE);

        assertThat(seen).containsExactlyElementsOf(upTo(41));
        assertThat(lost).isZero();
    }

    @Test
    void hearsWhatIsSaidInPassingAndCountsItNot() throws InterruptedException {
        var said = new LiveEvent(
                TASK, TestEvents.BEGIN, new StepId("a"), 1, null, new TaskEvent.ModelDelta(1, 0, "Let me see."));
        server.events(outputs(1).list())
                .rawEvent(TitanJson.mapper().writeValueAsString(said))
                .rawEvent("{\"type\":\"hummed\",\"data\":{\"tune\":\"of a newer server\"}}")
                .rawEvent(TitanJson.mapper()
                        .writeValueAsString(outputs(1)
                                .then(new TaskEvent.Completed("ok"))
                                .list()
                                .getLast()));

        follow(PATIENCE);

        assertThat(seen).containsExactly(1L, 2L);
        assertThat(words).containsExactly(said);
    }

    @Test
    void goesOnAfterTheLastEventWhereverTheConnectionBreaks() throws InterruptedException {
        server.events(outputs(5).then(new TaskEvent.Completed("ok")).list())
                .streaming(new SmallServer.Streaming.Breaking(2));

        follow(PATIENCE);

        assertThat(seen).containsExactlyElementsOf(upTo(6));
    }

    @Test
    void readsTheListWhereThereIsNoWebSocket() throws InterruptedException {
        server.events(outputs(3).then(new TaskEvent.Completed("ok")).list())
                .streaming(new SmallServer.Streaming.Refused());

        follow(PATIENCE);

        assertThat(seen).containsExactlyElementsOf(upTo(4));
        assertThat(lost).isZero();
    }

    @Test
    void countsAnEventItDoesNotKnow() throws InterruptedException {
        server.rawEvent("{\"seq\":1,\"type\":\"from_the_future\",\"data\":{\"x\":[1]}}")
                .rawEvent(
                        "{\"seq\":2,\"task_id\":\"%s\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"type\":\"complete\",\"data\":{\"answer\":\"ok\"}}"
                                .formatted(TASK));

        follow(PATIENCE);

        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void endsWhereATaskWaitsForAPerson() throws InterruptedException {
        server.events(outputs(1)
                        .then(new TaskEvent.Paused(TaskReason.BUDGET_REACHED))
                        .list())
                .on("GET /v1/tasks/" + TASK, "{\"status\":\"paused\"}");

        follow(PATIENCE);

        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void passesAPauseThatIsOver() throws InterruptedException {
        server.events(new TestEvents()
                        .then(
                                new TaskEvent.Paused(TaskReason.USER),
                                new TaskEvent.Resumed(null),
                                new TaskEvent.Completed("ok"))
                        .list())
                .on("GET /v1/tasks/" + TASK, "{\"status\":\"running\"}");

        follow(PATIENCE);

        assertThat(seen).containsExactly(1L, 2L, 3L);
    }

    @Test
    void givesUpWhenNobodyAnswersForLongAndSaysWhatToDo() {
        server.close();

        assertThatThrownBy(() -> follow(Duration.ZERO))
                .isInstanceOf(ApiException.Unreachable.class)
                .hasMessageContaining("./titan tasks get " + TASK);
    }

    private void follow(Duration patience) throws InterruptedException {
        var api = new TitanApi(server.url(), "key");
        new EventStream(api, TASK.value(), patience).follow(new EventStream.Watcher() {
            @Override
            public void event(ReceivedEvent event) {
                seen.add(event.seq());
            }

            @Override
            public void said(LiveEvent event) {
                words.add(event);
            }

            @Override
            public void tick() {
                // Nothing runs on the test's clock.
            }

            @Override
            public void lost() {
                lost++;
            }
        });
    }

    private static TestEvents outputs(int count) {
        TestEvents events = new TestEvents();
        IntStream.range(0, count).forEach(i -> events.in("a", 1, new TaskEvent.ToolOutput(0, i, "x")));
        return events;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
