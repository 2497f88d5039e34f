package dev.titan.store.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskSpec;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.event.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class TaskRepositoryIT {

    private static final TaskRequest REQUEST = new TaskRequest(
            "say hello\u0000",
            Map.of("a.txt", "text"),
            "npm install",
            Map.of("depth", 3, "nested", Map.of("list", List.of(1, "two"))),
            "p/m",
            List.of("shell"),
            new TaskLimits(7, 2),
            List.of(new SuccessCriterion.Words("it works"), new SuccessCriterion.Check("tests pass", "npm test")),
            Map.of("team", "blue"),
            new NetworkPolicy.Isolated(),
            null);

    private final StoreDatabase database;
    private final EventLog log;
    private final TaskRepository tasks;

    TaskRepositoryIT(StoreDatabase database) {
        this.database = database;
        this.log = new EventLog(database.jdbc(), database.transaction());
        this.tasks = new TaskRepository(database.jdbc(), database.transaction(), log);
    }

    @BeforeEach
    void emptyTheOutbox() {
        database.jdbc().sql("delete from tasks").update();
    }

    @Test
    void anAcceptedTaskIsQueuedWithItsFirstEvent() {
        TaskId id = TestTasks.newId();

        TaskRow row = accepted(new NewTask(id, REQUEST, "org_a", "usr_a", null, null, TestTasks.TRACE));

        assertThat(row.request().goal()).isEqualTo("say hello\uFFFD");
        assertThat(row.request().context()).isEqualTo(REQUEST.context());
        assertThat(row.request().successCriteria()).isEqualTo(REQUEST.successCriteria());
        assertThat(row.request().limits()).isEqualTo(REQUEST.limits());
        assertThat(row.status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(row.lastSeq()).isEqualTo(1);
        assertThat(row.organisationId()).isEqualTo("org_a");
        assertThat(tasks.find(id)).contains(row);
        assertThat(log.read(id, 0, 10))
                .extracting(EventEnvelope::data)
                .containsExactly(new TaskEvent.TaskQueued("say hello\uFFFD"));
    }

    @Test
    void theSameIdempotencyKeyIsTheSameTaskOrAConflict() {
        TaskId id = TestTasks.newId();
        TaskRow first = accepted(keyed(id, "org_a", "key", "hash"));

        assertThat(tasks.accept(keyed(TestTasks.newId(), "org_a", "key", "hash")))
                .isEqualTo(new Accepted.Repeated(first));
        assertThat(tasks.accept(keyed(TestTasks.newId(), "org_a", "key", "other")))
                .isEqualTo(new Accepted.Conflict());
        assertThat(tasks.accept(keyed(TestTasks.newId(), "org_b", "key", "other")))
                .isInstanceOf(Accepted.New.class);
    }

    @Test
    void ofManyIdenticalRequestsAtOnceOneIsATask() throws Exception {
        List<Callable<Accepted>> clients = IntStream.range(0, 8)
                .<Callable<Accepted>>mapToObj(
                        i -> () -> tasks.accept(keyed(TestTasks.newId(), "org_a", "race", "hash")))
                .toList();
        List<Accepted> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(clients.size())) {
            for (var answer : threads.invokeAll(clients)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(Accepted.New.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Accepted.Repeated.class::isInstance).hasSize(7);
        assertThat(tasks.page(new TaskFilter("org_a", null, null, 10))).hasSize(1);
    }

    @Test
    void theOutboxGivesATaskToOneStarterAtATime() {
        TaskId id = TestTasks.accepted(database);

        assertThat(tasks.unstarted(10)).extracting(TaskRow::id).containsExactly(id);
        assertThat(tasks.unstarted(10)).isEmpty();

        tasks.startFailed(id);
        assertThat(tasks.unstarted(10)).extracting(TaskRow::id).containsExactly(id);

        assertThat(tasks.started(id).orElseThrow().workflowStarted()).isTrue();
        tasks.startFailed(id);
        assertThat(tasks.unstarted(10)).isEmpty();
        assertThat(tasks.find(id).orElseThrow().status()).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void aStarterThatDiedLosesItsLease() {
        TaskId id = TestTasks.accepted(database);
        tasks.unstarted(10);
        database.jdbc()
                .sql("update tasks set start_claimed_until = now() - interval '1 s'")
                .update();

        assertThat(tasks.unstarted(10)).extracting(TaskRow::id).containsExactly(id);
    }

    @Test
    void aTaskNobodyTriedToStartEndsWhenItIsCancelled() {
        TaskId id = TestTasks.accepted(database);

        assertThat(tasks.requestCancel(id)).isEqualTo(Cancellation.ENDED);
        assertThat(tasks.requestCancel(id)).isEqualTo(Cancellation.ALREADY_ENDED);

        TaskRow row = tasks.find(id).orElseThrow();
        assertThat(row.status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(row.reason()).isEqualTo(TaskReason.USER);
        assertThat(tasks.unstarted(10)).isEmpty();
    }

    @Test
    void cancellingSaysWhatIsLeftToDo() {
        TaskId uncertain = TestTasks.accepted(database);
        tasks.unstarted(10);
        TaskId running = TestTasks.accepted(database);
        tasks.unstarted(10);
        tasks.started(running);

        assertThat(tasks.requestCancel(uncertain)).isEqualTo(Cancellation.START_UNCERTAIN);
        assertThat(tasks.requestCancel(running)).isEqualTo(Cancellation.STARTED);
        assertThat(tasks.find(uncertain).orElseThrow().cancelRequested()).isTrue();
        assertThat(tasks.find(running).orElseThrow().cancelRequested()).isTrue();

        tasks.endUnstarted(uncertain);
        assertThat(tasks.find(uncertain).orElseThrow().status()).isEqualTo(TaskStatus.CANCELLED);
        TaskId nobody = TestTasks.newId();
        assertThatThrownBy(() -> tasks.requestCancel(nobody)).hasMessage("no such task: " + nobody);
    }

    @Test
    void aPageShowsTheNewestFirstAndGoesOn() {
        List<TaskId> ids = IntStream.range(0, 5)
                .mapToObj(i -> new TaskId("task-0000000%d-0000-7000-8000-000000000000".formatted(i)))
                .toList();
        ids.forEach(id -> tasks.accept(new NewTask(id, REQUEST, "org_p", "u", null, null, TestTasks.TRACE)));
        TestTasks.accepted(database);
        tasks.requestCancel(ids.get(1));

        assertThat(tasks.page(new TaskFilter("org_p", null, null, 2)))
                .extracting(TaskSummary::id)
                .containsExactly(ids.get(4), ids.get(3));
        assertThat(tasks.page(new TaskFilter("org_p", null, ids.get(3), 10)))
                .extracting(TaskSummary::id)
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(tasks.page(new TaskFilter("org_p", TaskStatus.CANCELLED, null, 10)))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.id()).isEqualTo(ids.get(1));
                    assertThat(task.goal()).isEqualTo("say hello\uFFFD");
                    assertThat(task.metadata()).isEqualTo(Map.of("team", "blue"));
                });
    }

    @Test
    void theFirstSpecificationStays() {
        SpecRepository specs = new SpecRepository(database.jdbc());
        TaskId id = TestTasks.accepted(database);
        var spec = new TaskSpec("s", List.of("shell"), List.of(), REQUEST.successCriteria(), List.of("c"), List.of());

        assertThat(specs.find(id)).isEmpty();
        specs.save(id, spec);
        specs.save(id, new TaskSpec("other", List.of(), List.of(), List.of(), List.of(), List.of()));

        assertThat(specs.find(id)).contains(spec);
    }

    private TaskRow accepted(NewTask task) {
        return ((Accepted.New) tasks.accept(task)).task();
    }

    private static NewTask keyed(TaskId id, String organisation, String key, String hash) {
        return new NewTask(id, REQUEST, organisation, "usr", key, hash, TestTasks.TRACE);
    }
}
