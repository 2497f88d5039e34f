package dev.titan.store.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class EventFeedIT {

    private final StoreDatabase database;
    private final EventLog log;
    private final EventFeed feed;

    EventFeedIT(StoreDatabase database) {
        this.database = database;
        this.log = new EventLog(database.jdbc(), database.transaction());
        this.feed = new EventFeed(database.dataSource());
    }

    @BeforeEach
    void waitUntilItListens() {
        await().until(feed::connected);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void aSubscriberIsWokenForItsTaskAndNoOther() {
        TaskId task = TestTasks.accepted(database);
        TaskId other = TestTasks.accepted(database);
        AtomicInteger wakes = new AtomicInteger();
        AtomicInteger otherWakes = new AtomicInteger();
        try (var _ = feed.subscribe(task, seq -> wakes.incrementAndGet());
                var _ = feed.subscribe(other, seq -> otherWakes.incrementAndGet())) {
            // Notifications come in the order of the commits: what the other task hears comes after the fence.
            append(other, "fence");
            await().until(() -> otherWakes.get() >= 1);
            int before = wakes.get();
            int otherBefore = otherWakes.get();
            append(task, "a");
            append(task, "b");

            await().until(() -> wakes.get() == before + 2);
            assertThat(otherWakes).hasValue(otherBefore);
        }
    }

    @Test
    void whoHasLeftIsWokenNoMore() {
        TaskId task = TestTasks.accepted(database);
        AtomicInteger left = new AtomicInteger();
        AtomicInteger stayed = new AtomicInteger();
        feed.subscribe(task, seq -> left.incrementAndGet()).close();
        int before = left.get();
        try (var _ = feed.subscribe(task, seq -> stayed.incrementAndGet())) {
            append(task, "a");
            await().until(() -> stayed.get() > 0);

            assertThat(left).hasValue(before);
        }
    }

    @Test
    void whatIsCommittedWhileTheConnectionIsDeadIsFoundAfterwards() {
        TaskId task = TestTasks.accepted(database);
        AtomicInteger wakes = new AtomicInteger();
        try (var _ = feed.subscribe(task, seq -> wakes.incrementAndGet())) {
            int killed = database.jdbc().sql("""
                            select count(pg_terminate_backend(pid)) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid()
                              and (query like 'listen %' or query = 'select 1')
                            """).query(Integer.class).single();
            assertThat(killed).isPositive();
            int before = wakes.get();
            append(task, "while it is down");

            await().until(() -> wakes.get() > before);
            await().until(feed::connected);
            int after = wakes.get();
            append(task, "when it is back");
            await().until(() -> wakes.get() > after);
            assertThat(log.read(task, 1, 10)).extracting(EventEnvelope::seq).containsExactly(2L, 3L);
        }
    }

    @Test
    void theStarterIsWokenByATask() {
        AtomicInteger wakes = new AtomicInteger();
        try (var _ = feed.subscribeStarts(wakes::incrementAndGet)) {
            TestTasks.accepted(database);

            await().until(() -> wakes.get() > 0);
        }
    }

    @Test
    void nothingIsHeardOfWhatIsRolledBack() {
        TaskId task = TestTasks.accepted(database);
        AtomicInteger wakes = new AtomicInteger();
        try (var _ = feed.subscribe(task, seq -> wakes.incrementAndGet())) {
            database.transaction().executeWithoutResult(status -> {
                append(task, "never");
                status.setRollbackOnly();
            });
            append(task, "fence");
            await().until(() -> wakes.get() > 0);

            assertThat(log.read(task, 1, 10)).hasSize(1);
        }
    }

    private void append(TaskId task, String key) {
        log.append(
                task,
                TestTasks.TRACE,
                List.of(new PendingEvent(key, Instant.now(), null, null, new TaskEvent.ToolOutput(0, 0, key))));
    }
}
