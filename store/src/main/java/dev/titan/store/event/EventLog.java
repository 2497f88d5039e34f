package dev.titan.store.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import dev.titan.store.postgres.PostgresText;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The log of every task: immutable events with a {@code seq} that is dense from 1. Writers of one task queue at its row,
 * so whoever commits first has the lower numbers and a rollback leaves no gap. The key of an event makes repeating
 * harmless: what is there already is skipped. A task ends once: of several ends the first to commit is recorded, the
 * others are skipped. Thread-safe.
 */
public final class EventLog {

    /** One screenful of a long task; a reader asks again. */
    public static final int READ_MAX = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ProjectionWriter projections;

    public EventLog(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.projections = new ProjectionWriter(jdbc);
    }

    /** Appends events and what they change about the task; returns those that were not there yet. */
    public List<EventEnvelope> append(TaskId task, String traceId, List<PendingEvent> events) {
        return append(task, traceId, events, () -> {});
    }

    /**
     * Appends events and, in the same transaction, does other writes. The writes come after the task's row is locked and
     * before the events; what they throw undoes everything and is passed on.
     */
    public List<EventEnvelope> append(
            TaskId task, String traceId, List<PendingEvent> events, Runnable alsoInTransaction) {
        return transaction.execute(status -> {
            Head head = lock(task);
            alsoInTransaction.run();
            List<PendingEvent> fresh = fresh(task, head, events);
            return fresh.isEmpty() ? List.of() : write(task, traceId, head.lastSeq(), fresh);
        });
    }

    /** Returns at most {@code limit} (and {@value #READ_MAX}) events after a {@code seq}, in order; 0 is the beginning. */
    public List<EventEnvelope> read(TaskId task, long after, int limit) {
        return jdbc.sql("""
                        select seq, at, step_id, turn, trace_id, data from events
                        where task_id = :task and seq > :after order by seq limit :limit
                        """)
                .param("task", task.value())
                .param("after", after)
                .param("limit", Math.min(limit, READ_MAX))
                .query((row, number) -> envelope(task, row))
                .list();
    }

    /** Returns what the task's model calls cost together, in US dollars, as far as their prices are known. */
    public Optional<BigDecimal> usd(TaskId task) {
        return jdbc.sql("""
                        select sum(cast(data ->> 'usd' as numeric)) from events
                        where task_id = :task and type = 'usage_recorded'
                        """)
                .param("task", task.value())
                .query((row, number) -> Optional.ofNullable(row.getBigDecimal(1)))
                .single();
    }

    /** Returns the keys of the task's events that begin with the prefix, in order of their {@code seq}. */
    public List<String> keys(TaskId task, String prefix) {
        return jdbc.sql(
                        "select event_key from events where task_id = :task and starts_with(event_key, :prefix) order by seq")
                .param("task", task.value())
                .param("prefix", prefix)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private record Head(long lastSeq, boolean ended) {}

    private Head lock(TaskId task) {
        return jdbc.sql("""
                        select last_seq, status in ('succeeded', 'failed', 'cancelled') as ended
                        from tasks where id = :task for no key update
                        """)
                .param("task", task.value())
                .query((row, number) -> new Head(row.getLong("last_seq"), row.getBoolean("ended")))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + task));
    }

    private List<PendingEvent> fresh(TaskId task, Head head, List<PendingEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Set<String> known = known(task, events);
        boolean ended = head.ended();
        List<PendingEvent> fresh = new ArrayList<>();
        for (PendingEvent event : events) {
            if (event.data() instanceof TaskEvent.Live) {
                throw new IllegalArgumentException("never to be stored: " + event.key());
            }
            boolean isEnd = Projection.of(event) instanceof Projection.Moved moved && moved.isEnd();
            if (known.add(event.key()) && !(isEnd && ended)) {
                fresh.add(storable(event));
                ended |= isEnd;
            }
        }
        return fresh;
    }

    private Set<String> known(TaskId task, List<PendingEvent> events) {
        // A statement of its own after the lock: one snapshot for both would miss what the writer before us has
        // written.
        return jdbc
                .sql("""
                        select event_key from events where task_id = :task
                        and event_key in (select jsonb_array_elements_text(cast(:keys as jsonb)))
                        """)
                .param("task", task.value())
                .param(
                        "keys",
                        Jsonb.write(events.stream().map(PendingEvent::key).toList()))
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static PendingEvent storable(PendingEvent event) {
        return new PendingEvent(
                PostgresText.storable(event.key()),
                Columns.storable(event.at()),
                event.step(),
                event.turn(),
                event.data());
    }

    private List<EventEnvelope> write(TaskId task, String traceId, long lastSeq, List<PendingEvent> events) {
        List<EventEnvelope> written = jdbc.sql("""
                        insert into events (task_id, organisation_id, user_id, seq, event_key, at, step_id, turn,
                                            trace_id, data)
                        select t.id, t.organisation_id, t.user_id, :last + e.number, e.event ->> 'key',
                               cast(e.event ->> 'at' as timestamptz), e.event ->> 'step',
                               cast(e.event ->> 'turn' as int), :trace, e.event -> 'data'
                        from tasks t, jsonb_array_elements(cast(:events as jsonb)) with ordinality e(event, number)
                        where t.id = :task
                        returning seq, at, step_id, turn, trace_id, data
                        """)
                .param("task", task.value())
                .param("last", lastSeq)
                .param("trace", traceId)
                .param("events", Jsonb.write(events))
                .query((row, number) -> envelope(task, row))
                .list();
        for (PendingEvent event : events) {
            projections.write(task, event.at(), Projection.of(event));
        }
        long newest = jdbc.sql("""
                        update tasks set last_seq = last_seq + :count, updated_at = clock_timestamp()
                        where id = :task returning last_seq
                        """)
                .param("task", task.value())
                .param("count", events.size())
                .query(Long.class)
                .single();
        EventFeed.announce(jdbc, task, newest);
        return written;
    }

    private static EventEnvelope envelope(TaskId task, ResultSet row) throws SQLException {
        long seq = row.getLong("seq");
        return new EventEnvelope(
                "evt-%s-%d".formatted(task, seq),
                seq,
                task,
                Columns.instant(row, "at"),
                stepId(Columns.textOrNull(row, "step_id")),
                Columns.intOrNull(row, "turn"),
                row.getString("trace_id"),
                Jsonb.read(row.getString("data"), TaskEvent.class));
    }

    private static @Nullable StepId stepId(@Nullable String value) {
        return value == null ? null : new StepId(value);
    }
}
