package dev.titan.store.task;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.postgres.Jsonb;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ConcurrentLruCache;

/**
 * The tasks. A row is written before anything else happens and is the outbox to Temporal: the starter takes what has no
 * confirmed workflow, so an outage delays a task and never loses it. What happens to a task afterwards is written by
 * {@link EventLog} alone. Thread-safe; every method is one transaction, or joins the caller's.
 */
public final class TaskRepository {

    private static final String QUEUED_KEY = "task_queued";
    private static final String CANCELLED_KEY = "cancelled_before_start";

    /** A request may carry files, a few MiB of them. */
    private static final int REQUESTS_KEPT = 32;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;

    /** What was asked never changes, and every turn and every call of a task wants to know it. */
    private final ConcurrentLruCache<TaskId, TaskRequest> requests =
            new ConcurrentLruCache<>(REQUESTS_KEPT, this::readRequest);

    public TaskRepository(JdbcClient jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    /** Stores the task with its first event, or finds what its idempotency key was used for. */
    public Accepted accept(NewTask task) {
        return accept(task, () -> {});
    }

    /** Accepts a task and, when it is new, does other writes in the same transaction, behind its first event. */
    public Accepted accept(NewTask task, Runnable whenNew) {
        return transaction.execute(status -> {
            if (!insert(task)) {
                return earlier(task)
                        .orElseThrow(() -> new IllegalStateException("the key of %s is nobody's".formatted(task.id())));
            }
            queued(task);
            whenNew.run();
            return new Accepted.New(find(task.id()).orElseThrow());
        });
    }

    /** Returns what the task's idempotency key was used for; empty when it was not used, or when there is none. */
    public Optional<Accepted> earlier(NewTask task) {
        return task.idempotencyKey() == null ? Optional.empty() : underItsKey(task);
    }

    /** Returns the task. */
    public Optional<TaskRow> find(TaskId id) {
        return jdbc.sql("select * from tasks where id = :id")
                .param("id", id.value())
                .query(TaskRows::row)
                .optional();
    }

    /** Returns what was asked; an unknown task is an {@link IllegalArgumentException}. */
    public TaskRequest request(TaskId id) {
        return requests.get(id);
    }

    private TaskRequest readRequest(TaskId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no such task: " + id))
                .request();
    }

    /** Returns tasks of one organisation, newest first. */
    public List<TaskSummary> page(TaskFilter filter) {
        var status = filter.status();
        var before = filter.before();
        // The later pages are begun where the index says; a plan made for any parameters would read up to there.
        return jdbc.sql("""
                        select %s from tasks
                        where organisation_id = :organisation
                          and (cast(:status as text) is null or status = :status)
                          %s
                        order by id desc limit :limit
                        """.formatted(TaskRows.SUMMARY_COLUMNS, before == null ? "" : "and id < :before"))
                .param("organisation", filter.organisationId())
                .param("status", status == null ? null : status.wire())
                .param("before", before == null ? null : before.value())
                .param("limit", filter.limit())
                .query(TaskRows::summary)
                .list();
    }

    /**
     * Takes tasks that Temporal has not confirmed, oldest first. For {@link StartLease#TIME} nobody else is given them;
     * after that, or after {@link #startFailed}, they are offered again.
     */
    public List<TaskRow> unstarted(int limit) {
        return jdbc.sql("""
                        with taken as (
                            select id from tasks
                            where workflow_started_at is null
                              and status not in ('succeeded', 'failed', 'cancelled')
                              and (start_claimed_until is null or start_claimed_until < clock_timestamp())
                            order by created_at limit :limit
                            for no key update skip locked)
                        update tasks
                        set start_attempted_at = coalesce(start_attempted_at, clock_timestamp()),
                            start_claimed_until = clock_timestamp() + make_interval(secs => :lease)
                        from taken where tasks.id = taken.id
                        returning tasks.*
                        """)
                .param("limit", limit)
                .param("lease", StartLease.TIME.toSeconds())
                .query(TaskRows::row)
                .list();
    }

    /** Notes that Temporal has the workflow; returns the task as it is now, since its end may have been asked for. */
    public Optional<TaskRow> started(TaskId id) {
        return jdbc.sql("""
                        update tasks set workflow_started_at = coalesce(workflow_started_at, clock_timestamp())
                        where id = :id returning *
                        """).param("id", id.value()).query(TaskRows::row).optional();
    }

    /** Gives the task back, to be started by whoever asks next. */
    public void startFailed(TaskId id) {
        jdbc.sql("update tasks set start_claimed_until = null where id = :id and workflow_started_at is null")
                .param("id", id.value())
                .update();
    }

    /** Stores that a user wants the task to end, and ends it when nobody has tried to start it yet. Repeatable. */
    public Cancellation requestCancel(TaskId id) {
        return transaction.execute(status -> {
            Cancellation state = jdbc.sql("""
                            select case when status in ('succeeded', 'failed', 'cancelled') then 'ALREADY_ENDED'
                                        when workflow_started_at is not null then 'STARTED'
                                        when start_attempted_at is not null then 'START_UNCERTAIN'
                                        else 'ENDED' end
                            from tasks where id = :id for no key update
                            """)
                    .param("id", id.value())
                    .query((row, number) -> Cancellation.valueOf(row.getString(1)))
                    .optional()
                    .orElseThrow(() -> new IllegalArgumentException("no such task: " + id));
            if (state != Cancellation.ALREADY_ENDED) {
                jdbc.sql("""
                                update tasks set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
                                where id = :id
                                """).param("id", id.value()).update();
            }
            if (state == Cancellation.ENDED) {
                endUnstarted(id);
            }
            return state;
        });
    }

    /** Ends a task that was cancelled and has no workflow. */
    public void endUnstarted(TaskId id) {
        TaskRow task = find(id).orElseThrow(() -> new IllegalArgumentException("no such task: " + id));
        var end = new TaskEvent.Failed(TaskReason.USER, "Cancelled before it was started.");
        events.append(id, task.traceId(), List.of(new PendingEvent(CANCELLED_KEY, Instant.now(), null, null, end)));
    }

    private boolean insert(NewTask task) {
        Inheritance inheritance = task.inheritance();
        return jdbc.sql("""
                                insert into tasks (id, organisation_id, user_id, request, trace_id, idempotency_key,
                                                   body_hash, inheritance)
                                values (:id, :organisation, :user, cast(:request as jsonb), :trace, :key, :hash,
                                        cast(:inheritance as jsonb))
                                on conflict (organisation_id, idempotency_key) where idempotency_key is not null
                                do nothing
                                """)
                        .param("id", task.id().value())
                        .param("organisation", task.organisationId())
                        .param("user", task.userId())
                        .param("request", Jsonb.write(task.request()))
                        .param("trace", task.traceId())
                        .param("key", task.idempotencyKey())
                        .param("hash", task.bodyHash())
                        .param("inheritance", inheritance == null ? null : Jsonb.write(inheritance))
                        .update()
                == 1;
    }

    private void queued(NewTask task) {
        Inheritance inheritance = task.inheritance();
        var queued = new TaskEvent.TaskQueued(task.request().goal(), inheritance == null ? null : inheritance.from());
        events.append(
                task.id(),
                task.traceId(),
                List.of(new PendingEvent(QUEUED_KEY, Instant.now(), null, null, queued)),
                () -> EventFeed.announceStart(jdbc, task.id()));
    }

    private Optional<Accepted> underItsKey(NewTask task) {
        return jdbc.sql("""
                        select *, body_hash = :hash as same from tasks
                        where organisation_id = :organisation and idempotency_key = :key
                        """)
                .param("hash", task.bodyHash())
                .param("organisation", task.organisationId())
                .param("key", task.idempotencyKey())
                .<Accepted>query((row, number) -> row.getBoolean("same")
                        ? new Accepted.Repeated(TaskRows.row(row, number))
                        : new Accepted.Conflict())
                .optional();
    }
}
