package dev.titan.store.event;

import dev.titan.contracts.chat.Usage;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

    /** Appends events and what they change about the task; returns how many were not there yet. */
    public int append(TaskId task, String traceId, List<PendingEvent> events) {
        return append(task, traceId, events, () -> {});
    }

    /**
     * Appends events and, in the same transaction, does other writes. The writes come after the task's row is locked and
     * before the events; what they throw undoes everything and is passed on.
     */
    public int append(TaskId task, String traceId, List<PendingEvent> events, Runnable alsoInTransaction) {
        return append(task, traceId, () -> {
            alsoInTransaction.run();
            return events;
        });
    }

    /** Appends the events that other writes return, which come after the task's row is locked, in their transaction. */
    public int append(TaskId task, String traceId, Supplier<List<PendingEvent>> writes) {
        return transaction.execute(status -> {
            boolean ended = lock(task);
            List<PendingEvent> events = storable(writes.get(), ended);
            return events.isEmpty() ? 0 : write(task, traceId, events);
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

    /** Returns whether the task has ended. */
    private boolean lock(TaskId task) {
        return jdbc.sql("""
                        select status in ('succeeded', 'failed', 'cancelled') as ended
                        from tasks where id = :task for no key update
                        """)
                .param("task", task.value())
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + task));
    }

    /** Returns the events as they are stored if their keys are new, without a second end. */
    private static List<PendingEvent> storable(List<PendingEvent> events, boolean ended) {
        Map<String, PendingEvent> byKey = new LinkedHashMap<>();
        boolean hasEnd = ended;
        for (PendingEvent event : events) {
            if (event.data() instanceof TaskEvent.Live) {
                throw new IllegalArgumentException("never to be stored: " + event.key());
            }
            boolean isEnd = Projection.of(event) instanceof Projection.Moved moved && moved.isEnd();
            if (!(isEnd && hasEnd)) {
                PendingEvent storable = storable(event);
                byKey.putIfAbsent(storable.key(), storable);
                hasEnd |= isEnd;
            }
        }
        return List.copyOf(byKey.values());
    }

    private static PendingEvent storable(PendingEvent event) {
        return new PendingEvent(
                PostgresText.storable(event.key()),
                Columns.storable(event.at()),
                event.step(),
                event.turn(),
                event.data());
    }

    /**
     * What becomes a row.
     *
     * @param event the event
     * @param spent what the task has paid for it; absent for most
     */
    private record Row(PendingEvent event, @Nullable Usage spent) {

        static Row of(PendingEvent event) {
            return new Row(event, Projection.of(event) instanceof Projection.Spent(Usage usage) ? usage : null);
        }
    }

    /**
     * Writes what is not there yet. One statement, for every call of a tool makes three of these; but not the one that locks,
     * whose snapshot would miss what the writer before us has written. Each key is looked for in the index: to
     * {@code not exists} PostgreSQL would compare all events of the task.
     */
    private int write(TaskId task, String traceId, List<PendingEvent> events) {
        Set<String> fresh = jdbc.sql("""
                        with fresh as (
                            select r.number, r.item -> 'event' as event, r.item -> 'spent' as spent
                            from jsonb_array_elements(cast(:rows as jsonb)) with ordinality r(item, number)
                            where (
                                select seq from events
                                where task_id = :task and event_key = r.item -> 'event' ->> 'key') is null
                        ), sum as (
                            select count(*) as events,
                                   coalesce(sum(cast(spent ->> 'model_calls' as int)), 0) as model_calls,
                                   coalesce(sum(cast(spent ->> 'input_tokens' as bigint)), 0) as input_tokens,
                                   coalesce(sum(cast(spent ->> 'output_tokens' as bigint)), 0) as output_tokens
                            from fresh
                        ), head as (
                            update tasks t
                            set last_seq = t.last_seq + sum.events, updated_at = clock_timestamp(),
                                model_calls = t.model_calls + sum.model_calls,
                                input_tokens = t.input_tokens + sum.input_tokens,
                                output_tokens = t.output_tokens + sum.output_tokens
                            from sum
                            where t.id = :task and sum.events > 0
                            returning t.id, t.organisation_id, t.user_id, t.last_seq
                        ), written as (
                            insert into events (task_id, organisation_id, user_id, seq, event_key, at, step_id, turn,
                                                trace_id, data)
                            select h.id, h.organisation_id, h.user_id,
                                   h.last_seq + 1 - row_number() over (order by f.number desc), f.event ->> 'key',
                                   cast(f.event ->> 'at' as timestamptz), f.event ->> 'step',
                                   cast(f.event ->> 'turn' as int), :trace, f.event -> 'data'
                            from head h, fresh f
                            returning event_key
                        )
                        select event_key, (select pg_notify(:channel, id || ' ' || last_seq) from head) from written
                        """)
                .param("task", task.value())
                .param("trace", traceId)
                .param("channel", EventFeed.EVENTS)
                .param("rows", Jsonb.write(events.stream().map(Row::of).toList()))
                .query((row, number) -> row.getString("event_key"))
                .set();
        events.stream()
                .filter(event -> fresh.contains(event.key()))
                .forEach(event -> projections.write(task, event.at(), Projection.of(event)));
        return fresh.size();
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
