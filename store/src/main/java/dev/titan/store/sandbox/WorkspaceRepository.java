package dev.titan.store.sandbox;

import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.store.checkpoint.LatestState;
import dev.titan.store.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The workspaces of tasks over the lives of their sandboxes: which generation may act, which call may write, which one is
 * idle. All methods join the caller's transaction; those that decide anything want the lock of the task's row, which
 * {@link dev.titan.store.event.EventLog#append} holds. Thread-safe.
 */
public final class WorkspaceRepository {

    private final JdbcClient jdbc;

    public WorkspaceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that a task's workspace is being used, and returns its state. */
    public WorkspaceState use(TaskId task) {
        return jdbc.sql("""
                        insert into workspaces (task_id, organisation_id, user_id)
                        select id, organisation_id, user_id from tasks where id = :task
                        on conflict (task_id) do update set last_used_at = clock_timestamp()
                        returning generation, hibernated_at is not null as hibernated, notice
                        """)
                .param("task", task.value())
                .query((row, number) -> state(row))
                .single();
    }

    /**
     * Makes a generation the only one that may act. Repeating it is harmless.
     *
     * @param notice what the next call has to tell its reader
     * @return false when a later one may act already: the asker is an attempt of the past
     */
    public boolean raise(TaskId task, int generation, String notice) {
        WorkspaceState state = use(task);
        if (state.generation() < generation) {
            jdbc.sql("""
                            update workspaces
                            set generation = :generation, writer = null, hibernated_at = null, notice = :notice
                            where task_id = :task
                            """)
                    .param("task", task.value())
                    .param("generation", generation)
                    .param("notice", notice)
                    .update();
            jdbc.sql("""
                            update sandboxes set state = 'destroyed', destroyed_at = clock_timestamp()
                            where task_id = :task and generation < :generation and state = 'active'
                            """)
                    .param("task", task.value())
                    .param("generation", generation)
                    .update();
        }
        return state.generation() <= generation;
    }

    /** Notes that a call uses its workspace, and makes it the one that may write unless another without result is. */
    public Entry enter(EffectId effect) {
        return jdbc.sql("""
                        insert into workspaces as w (task_id, organisation_id, user_id, writer)
                        select id, organisation_id, user_id, :writer from tasks where id = :task
                        on conflict (task_id) do update set last_used_at = clock_timestamp(), writer =
                            case when w.writer is null or not exists (
                                select from effects e where e.task_id = w.task_id and e.result is null
                                and e.step_id = split_part(w.writer, '/', 1)
                                and e.turn = cast(split_part(w.writer, '/', 2) as int)
                                and e.call = cast(split_part(w.writer, '/', 3) as int)) then :writer
                            else w.writer end
                        returning generation, hibernated_at is not null as hibernated, notice, writer = :writer as writes,
                            organisation_id,
                            (select max(number) from checkpoints c where c.task_id = w.task_id) as number,
                            (select fingerprint from checkpoints c where c.task_id = w.task_id
                             order by number desc limit 1) as fingerprint
                        """)
                .param("task", effect.task().value())
                .param("writer", effect.withinTask())
                .query((row, number) -> new Entry(state(row), row.getBoolean("writes"), LatestState.of(row)))
                .single();
    }

    /**
     * How a call finds its workspace.
     *
     * @param state what holds of it
     * @param writes whether the call may write
     * @param latest what holds it so far; no other call changes it while this one writes
     */
    public record Entry(WorkspaceState state, boolean writes, LatestState latest) {}

    private static WorkspaceState state(ResultSet row) throws SQLException {
        return new WorkspaceState(
                row.getInt("generation"), row.getBoolean("hibernated"), Columns.textOrNull(row, "notice"));
    }

    /** Notes that the notice was told. */
    public void clearNotice(TaskId task) {
        jdbc.sql("update workspaces set notice = null where task_id = :task")
                .param("task", task.value())
                .update();
    }

    /**
     * Returns the sandboxes of a host that are ready, that nobody has used for a while and whose tasks go on. In one that is
     * not ready yet a look would find less than the task has.
     */
    public List<SandboxRow> idle(String host, Duration grace) {
        return jdbc.sql("""
                        select s.* from sandboxes s
                        join workspaces w on w.task_id = s.task_id and w.generation = s.generation
                        join tasks t on t.id = s.task_id
                        where s.host = :host and s.state = 'active' and w.hibernated_at is null
                          and w.last_used_at < clock_timestamp() - make_interval(secs => :seconds)
                          and s.ready_at < clock_timestamp() - make_interval(secs => :seconds)
                          and t.status not in ('succeeded', 'failed', 'cancelled')
                          and not exists (select 1 from effects e where e.task_id = s.task_id and e.result is null)
                        order by w.last_used_at
                        """)
                .param("host", host)
                .param("seconds", grace.toMillis() / 1000.0)
                .query(SandboxRegistry::sandbox)
                .list();
    }

    /** Notes that a sandbox is stopped until the next call; false when it has been used, or replaced, meanwhile. */
    public boolean hibernate(TaskId task, SandboxRef sandbox, Duration grace) {
        return jdbc.sql("""
                                update workspaces w set hibernated_at = clock_timestamp()
                                where task_id = :task and generation = :generation and hibernated_at is null
                                  and last_used_at < clock_timestamp() - make_interval(secs => :seconds)
                                  and not exists (select 1 from effects e where e.task_id = w.task_id and e.result is null)
                                """)
                        .param("task", task.value())
                        .param("generation", sandbox.generation())
                        .param("seconds", grace.toMillis() / 1000.0)
                        .update()
                == 1;
    }

    /** Returns the generation that may act, for each task that has not ended: what a host must not take away. */
    public List<Current> current() {
        return jdbc.sql("""
                        select t.id, coalesce(w.generation, 1) as generation from tasks t
                        left join workspaces w on w.task_id = t.id
                        where t.status not in ('succeeded', 'failed', 'cancelled')
                        """)
                .query((row, number) -> new Current(new TaskId(row.getString("id")), row.getInt("generation")))
                .list();
    }

    /**
     * A task and the generation of its sandbox that may act.
     *
     * @param task the task
     * @param generation from 1
     */
    public record Current(TaskId task, int generation) {}
}
