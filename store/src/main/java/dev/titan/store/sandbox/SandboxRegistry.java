package dev.titan.store.sandbox;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which sandboxes there are, so that a host knows what to reclaim after a crash. Thread-safe. */
public final class SandboxRegistry {

    private final JdbcClient jdbc;

    public SandboxRegistry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that a task has a sandbox. Repeating it is harmless, also at once from two attempts; made again on another host,
     * it is there from then on.
     */
    public void register(TaskId task, SandboxRef sandbox) {
        // Of no index in particular: two at once may meet at either of the two that are unique.
        jdbc.sql("""
                        insert into sandboxes (id, generation, task_id, organisation_id, user_id, host, provider, state)
                        select :id, :generation, id, organisation_id, user_id, :host, :provider, 'active'
                        from tasks where id = :task
                        on conflict do nothing
                        """)
                .param("id", sandbox.id().value())
                .param("generation", sandbox.generation())
                .param("task", task.value())
                .param("host", sandbox.host())
                .param("provider", sandbox.provider())
                .update();
        jdbc.sql("""
                        update sandboxes set host = :host, provider = :provider
                        where id = :id and generation = :generation and state = 'active'
                        """)
                .param("id", sandbox.id().value())
                .param("generation", sandbox.generation())
                .param("host", sandbox.host())
                .param("provider", sandbox.provider())
                .update();
    }

    /** Notes that a task's files are in a sandbox. Repeating it is harmless. */
    public void ready(SandboxRef sandbox) {
        jdbc.sql("""
                        update sandboxes set ready_at = coalesce(ready_at, clock_timestamp())
                        where id = :id and generation = :generation and state = 'active'
                        """)
                .param("id", sandbox.id().value())
                .param("generation", sandbox.generation())
                .update();
    }

    /** Notes that no generation of a sandbox is there any more. Repeating it is harmless. */
    public void destroyed(SandboxId id) {
        jdbc.sql("""
                        update sandboxes set state = 'destroyed', destroyed_at = clock_timestamp()
                        where id = :id and state = 'active'
                        """).param("id", id.value()).update();
    }

    /** Notes when a sandbox ends itself unless its lease is renewed once more. */
    public void renewed(SandboxId id, Instant expiresAt) {
        jdbc.sql("update sandboxes set expires_at = :expires where id = :id and state = 'active'")
                .param("expires", Columns.timestamp(expiresAt))
                .param("id", id.value())
                .update();
    }

    /** Notes that the sandbox role is alive on a host. */
    public void seen(String host, String provider) {
        jdbc.sql("""
                        insert into sandbox_hosts (host, provider) values (:host, :provider)
                        on conflict (host) do update set provider = excluded.provider, seen_at = clock_timestamp()
                        """).param("host", host).param("provider", provider).update();
    }

    /** Returns the hosts that have been seen since, by their ids. */
    public List<String> hostsSeen(Instant since) {
        return jdbc.sql("select host from sandbox_hosts where seen_at >= :since order by host")
                .param("since", Columns.timestamp(since))
                .query(String.class)
                .list();
    }

    /** Returns the sandbox a task has now, the newest where it has several. */
    public Optional<SandboxRow> active(TaskId task) {
        return of(task).stream().filter(SandboxRow::active).reduce((older, newer) -> newer);
    }

    /** Returns every sandbox a task has had, oldest first. */
    public List<SandboxRow> of(TaskId task) {
        return jdbc.sql("select * from sandboxes where task_id = :task order by created_at, generation")
                .param("task", task.value())
                .query(SandboxRegistry::sandbox)
                .list();
    }

    static SandboxRow sandbox(ResultSet row, int number) throws SQLException {
        return new SandboxRow(
                new SandboxRef(
                        new SandboxId(row.getString("id")),
                        row.getString("host"),
                        row.getString("provider"),
                        row.getInt("generation")),
                new TaskId(row.getString("task_id")),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "destroyed_at"),
                Columns.instantOrNull(row, "expires_at"));
    }
}
