package dev.titan.store.steering;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Calls that wait for a person. All methods join the caller's transaction. Thread-safe. */
public final class ApprovalRepository {

    private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    public ApprovalRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores that a call waits, from now on and for so long; repeating it changes nothing.
     *
     * @return until when it waits
     */
    public Instant request(
            ApprovalId id, EffectId effect, boolean isQuestion, ToolCall call, String argumentsHash, Duration wait) {
        jdbc.sql("""
                        insert into approvals (id, task_id, organisation_id, user_id, step_id, turn, call, kind, tool,
                                               arguments, arguments_hash, expires_at)
                        select :id, id, organisation_id, user_id, :step, :turn, :call, :kind, :tool,
                               cast(:arguments as jsonb), :hash, clock_timestamp() + :millis * interval '1 millisecond'
                        from tasks where id = :task
                        on conflict do nothing
                        """)
                .param("id", id.value())
                .param("task", effect.task().value())
                .param("step", effect.step().value())
                .param("turn", effect.turn())
                .param("call", effect.call())
                .param("kind", isQuestion ? "question" : "approval")
                .param("tool", call.tool())
                .param("arguments", Jsonb.write(call.arguments()))
                .param("hash", argumentsHash)
                .param("millis", wait.toMillis())
                .update();
        return find(id).orElseThrow(() -> new IllegalArgumentException("no such task: " + effect.task()))
                .expiresAt();
    }

    /** Settles what is pending; settling it again changes nothing. */
    public void settle(ApprovalId id, ApprovalStatus status, @Nullable CommandId command) {
        jdbc.sql("""
                        update approvals set status = :status, command_id = :command, decided_at = clock_timestamp()
                        where id = :id and status = 'pending'
                        """)
                .param("id", id.value())
                .param("status", status.wire())
                .param("command", command == null ? null : command.value())
                .update();
    }

    /** Lets everything expire that a task has asked and nobody has answered; what is settled stays so. */
    public void expireAll(TaskId task) {
        jdbc.sql("""
                        update approvals set status = 'expired', decided_at = clock_timestamp()
                        where task_id = :task and status = 'pending'
                        """).param("task", task.value()).update();
    }

    /** Returns what is known of one. */
    public Optional<ApprovalRow> find(ApprovalId id) {
        return jdbc.sql("select * from approvals where id = :id")
                .param("id", id.value())
                .query(ApprovalRepository::row)
                .optional();
    }

    /** Returns an organisation's approvals in that status, oldest first; those of tasks that have ended never wait. */
    public List<ApprovalRow> list(String organisation, @Nullable ApprovalStatus status, int limit) {
        // In the statement's own words: a plan made for any parameters would not use the index of those that wait.
        return jdbc.sql("""
                        select a.* from approvals a join tasks t on t.id = a.task_id
                        where a.organisation_id = :organisation and a.kind = 'approval'
                          %s
                          and (a.status <> 'pending' or t.status not in ('succeeded', 'failed', 'cancelled'))
                        order by a.requested_at, a.id limit :limit
                        """.formatted(status == null ? "" : "and a.status = '%s'".formatted(status.wire())))
                .param("organisation", organisation)
                .param("limit", limit)
                .query(ApprovalRepository::row)
                .list();
    }

    private static ApprovalRow row(ResultSet row, int number) throws SQLException {
        return new ApprovalRow(
                new ApprovalId(row.getString("id")),
                row.getString("organisation_id"),
                new EffectId(
                        new TaskId(row.getString("task_id")),
                        new StepId(row.getString("step_id")),
                        row.getInt("turn"),
                        row.getInt("call")),
                row.getString("kind").equals("question"),
                new ToolCall(row.getString("tool"), Jsonb.read(row.getString("arguments"), ARGUMENTS)),
                row.getString("arguments_hash"),
                ApprovalStatus.of(row.getString("status")),
                Columns.instant(row, "requested_at"),
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "decided_at"));
    }
}
