package dev.titan.store.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.task.TaskRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DuplicateKeyException;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class EventLogIT {

    private static final int WRITERS = 8;
    private static final int BATCHES = 40;

    private final StoreDatabase database;
    private final EventLog log;
    private final TaskRepository tasks;

    EventLogIT(StoreDatabase database) {
        this.database = database;
        this.log = new EventLog(database.jdbc(), database.transaction());
        this.tasks = new TaskRepository(database.jdbc(), database.transaction(), log);
    }

    @Test
    void manyWritersLeaveNoGapAndNoDouble() throws Exception {
        TaskId task = TestTasks.accepted(database);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            // Each key is written by two writers, and batches overlap, so most appends race for their keys.
            int half = writer / 2;
            writers.add(() -> {
                int written = 0;
                for (int batch = 0; batch < BATCHES; batch++) {
                    int first = batch * 2;
                    written += log.append(
                            task,
                            TestTasks.TRACE,
                            List.of(
                                    output(half + "/" + first),
                                    output(half + "/" + (first + 1)),
                                    output(half + "/" + (first + 2))));
                }
                return written;
            });
        }
        int written = 0;
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var result : threads.invokeAll(writers)) {
                written += result.get();
            }
        }

        int keys = WRITERS / 2 * (BATCHES * 2 + 1);
        List<EventEnvelope> events = log.read(task, 0, EventLog.READ_MAX);
        assertThat(written).isEqualTo(keys);
        assertThat(events)
                .extracting(EventEnvelope::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, keys + 1).boxed().toList());
        assertThat(events.stream().skip(1).map(event -> ((TaskEvent.ToolOutput) event.data()).text()))
                .doesNotHaveDuplicates();
        assertThat(tasks.find(task).orElseThrow().lastSeq()).isEqualTo(keys + 1);
    }

    @Test
    void theSameKeyTwiceIsOneEvent() {
        TaskId task = TestTasks.accepted(database);

        assertThat(log.append(task, TestTasks.TRACE, List.of(output("a"), output("a"), output("b"))))
                .isEqualTo(2);
        List<EventEnvelope> first = log.read(task, 1, 10);
        assertThat(log.append(task, TestTasks.TRACE, List.of(output("b"), output("a"))))
                .isZero();

        assertThat(first).extracting(EventEnvelope::seq).containsExactly(2L, 3L);
        assertThat(log.read(task, 1, 10)).isEqualTo(first);
    }

    @Test
    void theSameKeyInTwoTasksIsTwoEvents() {
        TaskId one = TestTasks.accepted(database);
        TaskId other = TestTasks.accepted(database);

        assertThat(log.append(one, TestTasks.TRACE, List.of(output("a")))).isOne();
        assertThat(log.append(other, TestTasks.TRACE, List.of(output("a")))).isOne();
    }

    @Test
    void aFailureInTheSameTransactionLeavesNothingBehindAndNoGap() {
        TaskId task = TestTasks.accepted(database);

        assertThatThrownBy(() -> log.append(task, TestTasks.TRACE, List.of(output("lost")), () -> {
                    throw new IllegalStateException("fenced out");
                }))
                .hasMessage("fenced out");
        log.append(task, TestTasks.TRACE, List.of(output("kept")));

        assertThat(log.read(task, 1, 10)).extracting(EventEnvelope::seq).containsExactly(2L);
    }

    @Test
    void theDatabaseItselfRefusesASecondSeqAndASecondKey() {
        TaskId task = TestTasks.accepted(database);
        String insert = """
                insert into events (task_id, organisation_id, user_id, seq, event_key, at, trace_id, data)
                select id, organisation_id, user_id, %d, '%s', now(), 't', '{"type":"resumed"}' from tasks where id = :id
                """;

        assertThatThrownBy(() -> database.jdbc()
                        .sql(insert.formatted(1, "new"))
                        .param("id", task.value())
                        .update())
                .isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> database.jdbc()
                        .sql(insert.formatted(9, "task_queued"))
                        .param("id", task.value())
                        .update())
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aTaskEndsOnceAndStaysAsItEnded() {
        TaskId task = TestTasks.accepted(database);

        log.append(task, TestTasks.TRACE, List.of(event("started", new TaskEvent.TaskStarted())));
        log.append(
                task,
                TestTasks.TRACE,
                List.of(
                        event("complete", new TaskEvent.Completed("done")),
                        event("late", new TaskEvent.Failed(TaskReason.USER, "too late"))));
        log.append(task, TestTasks.TRACE, List.of(event("error", new TaskEvent.Failed(TaskReason.STUCK, "too late"))));
        log.append(task, TestTasks.TRACE, List.of(event("resumed", new TaskEvent.Resumed(null))));

        var row = tasks.find(task).orElseThrow();
        assertThat(row.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(row.message()).isEqualTo("done");
        assertThat(row.ended()).isTrue();
        assertThat(log.read(task, 0, 10))
                .extracting(envelope -> envelope.data().getClass().getSimpleName())
                .containsExactly("TaskQueued", "TaskStarted", "Completed", "Resumed");
    }

    @Test
    void whatPostgresCannotKeepIsReplaced() {
        TaskId task = TestTasks.accepted(database);
        String text = "a\u0000b \\u0000 \ud83d half, \ud83d\ude00 whole";

        log.append(task, TestTasks.TRACE, List.of(event("nul\u0000", new TaskEvent.ToolOutput(0, 0, text))));

        assertThat(log.read(task, 1, 10))
                .singleElement()
                .extracting(EventEnvelope::data)
                .isEqualTo(new TaskEvent.ToolOutput(0, 0, "a\uFFFDb \\u0000 \uFFFD half, \ud83d\ude00 whole"));
    }

    @Test
    void readingGoesOnWhereItStopped() {
        TaskId task = TestTasks.accepted(database);
        log.append(
                task,
                TestTasks.TRACE,
                IntStream.range(0, 10).mapToObj(i -> output("k" + i)).toList());

        List<EventEnvelope> seen = new ArrayList<>();
        for (List<EventEnvelope> page = log.read(task, 0, 4); !page.isEmpty(); ) {
            seen.addAll(page);
            page = log.read(task, seen.getLast().seq(), 4);
        }

        assertThat(seen)
                .extracting(EventEnvelope::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(log.read(task, 11, 4)).isEmpty();
    }

    @Test
    void aPieceOfAStreamingReplyIsRefused() {
        TaskId task = TestTasks.accepted(database);

        assertThatThrownBy(() ->
                        log.append(task, TestTasks.TRACE, List.of(event("d", new TaskEvent.ModelDelta(1, 0, "x")))))
                .hasMessageContaining("never to be stored");
    }

    @Test
    void whatItsModelCallsCostIsTheSumOfWhatIsKnown() {
        TaskId task = TestTasks.accepted(database);
        assertThat(log.usd(task)).isEmpty();
        log.append(
                task,
                TestTasks.TRACE,
                List.of(usage("a", null), usage("b", new BigDecimal("0.0125")), usage("c", new BigDecimal("0.01"))));

        assertThat(log.usd(task)).hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("0.0225"));
    }

    private static PendingEvent usage(String key, @Nullable BigDecimal usd) {
        return event(
                key,
                new TaskEvent.UsageRecorded(Role.EXECUTOR, "p/m", "executor/1", 10, 2, Duration.ZERO, usd, "list"));
    }

    @Test
    void anUnknownTaskIsNamed() {
        TaskId nobody = TestTasks.newId();

        assertThatThrownBy(() -> log.append(nobody, TestTasks.TRACE, List.of(output("a"))))
                .hasMessage("no such task: " + nobody);
    }

    private static PendingEvent output(String key) {
        return event(key, new TaskEvent.ToolOutput(0, 0, key));
    }

    private static PendingEvent event(String key, TaskEvent data) {
        return new PendingEvent(key, Instant.now(), new StepId("s1"), 1, data);
    }
}
