package dev.titan.store.effect;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Who may cause an effect, and what came of it. A claim is written before the effect; the result is written only by the
 * owner of the claim, so a worker that was thought dead and was only slow is fenced out. All methods join the caller's
 * transaction. Thread-safe.
 */
public final class EffectLedger {

    private static final String WHERE_ID =
            " where task_id = :task and step_id = :step and turn = :turn and call = :call ";

    private final JdbcClient jdbc;

    public EffectLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Asks for an effect. The first to ask is granted it and stays its owner; asking again with the same token is granted
     * again.
     *
     * @param ownerToken names this attempt and no other
     */
    public Claim claim(EffectId id, EffectClass effectClass, ToolCall call, String ownerToken) {
        return at(id, """
                        insert into effects (task_id, organisation_id, user_id, step_id, turn, call, effect_class,
                                             tool_call, owner_token)
                        select id, organisation_id, user_id, :step, :turn, :call, :class, cast(:toolCall as jsonb), :token
                        from tasks where id = :task
                        on conflict do nothing returning claimed_at
                        """)
                .param("class", effectClass.wire())
                .param("toolCall", Jsonb.write(call))
                .param("token", ownerToken)
                .<Claim>query((row, number) -> new Claim.Granted(Columns.instant(row, "claimed_at")))
                .optional()
                .orElseGet(() -> existing(id, ownerToken));
    }

    /**
     * Makes {@code newOwnerToken} the owner of an effect without result; whoever owned it is fenced out.
     *
     * @return false when there is a result by now
     */
    public boolean takeOver(EffectId id, String newOwnerToken) {
        return at(id, """
                                update effects set owner_token = :token, owned_since = clock_timestamp()
                                """ + WHERE_ID + "and result is null")
                        .param("token", newOwnerToken)
                        .update()
                == 1;
    }

    /** Writes the result of a call that has not touched a workspace, as the other method does. */
    public boolean complete(EffectId id, String ownerToken, ToolResult result) {
        return complete(id, ownerToken, result, new Coverage.None());
    }

    /**
     * Writes the result. Repeating it as the same owner changes nothing and is true.
     *
     * @return false when the token does not own the effect any more: nothing was written
     */
    public boolean complete(EffectId id, String ownerToken, ToolResult result, Coverage coverage) {
        int written = at(id, """
                        update effects set result = cast(:result as jsonb), completed_at = clock_timestamp(),
                            checkpoint = :checkpoint, beyond_checkpoint = :beyond
                        """ + WHERE_ID + "and owner_token = :token and result is null")
                .param("result", Jsonb.write(result))
                .param("token", ownerToken)
                .param("checkpoint", checkpoint(coverage), Types.INTEGER)
                .param("beyond", coverage instanceof Coverage.Beyond)
                .update();
        return written == 1
                || at(id, "select 1 from effects" + WHERE_ID + "and owner_token = :token and result is not null")
                        .param("token", ownerToken)
                        .query(Integer.class)
                        .optional()
                        .isPresent();
    }

    private static @Nullable Integer checkpoint(Coverage coverage) {
        return switch (coverage) {
            case Coverage.ByCheckpoint(int number) -> number;
            case Coverage.None(), Coverage.Beyond() -> null;
        };
    }

    /** Returns whether the token owns the effect and there is no result yet: whether its holder may go on. */
    public boolean owns(EffectId id, String ownerToken) {
        return at(id, "select 1 from effects" + WHERE_ID + "and owner_token = :token and result is null")
                .param("token", ownerToken)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Returns what is known of an effect. */
    public Optional<RecordedEffect> find(EffectId id) {
        return at(id, "select * from effects" + WHERE_ID)
                .query(EffectLedger::recorded)
                .optional();
    }

    /** Returns the effects of a turn in the order of their calls, also those without result. */
    public List<RecordedEffect> turn(TaskId task, StepId step, int turn) {
        return jdbc.sql(
                        "select * from effects where task_id = :task and step_id = :step and turn = :turn order by call")
                .param("task", task.value())
                .param("step", step.value())
                .param("turn", turn)
                .query(EffectLedger::recorded)
                .list();
    }

    /** Returns the number of the step's last turn that has an effect, or a call that people were asked about; 0 when none has. */
    public int lastTurn(TaskId task, StepId step) {
        return jdbc.sql("""
                        select greatest(
                            (select coalesce(max(turn), 0) from effects where task_id = :task and step_id = :step),
                            (select coalesce(max(turn), 0) from approvals where task_id = :task and step_id = :step))
                        """)
                .param("task", task.value())
                .param("step", step.value())
                .query(Integer.class)
                .single();
    }

    private Claim existing(EffectId id, String ownerToken) {
        return at(id, "select * from effects" + WHERE_ID)
                .query((row, number) -> claim(row, ownerToken))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + id.task()));
    }

    private static Claim claim(ResultSet row, String ownerToken) throws SQLException {
        ToolResult result = result(row);
        if (result != null) {
            return new Claim.Done(result, Columns.instant(row, "completed_at"));
        }
        Instant claimedAt = Columns.instant(row, "claimed_at");
        return row.getString("owner_token").equals(ownerToken)
                ? new Claim.Granted(claimedAt)
                : new Claim.Held(claimedAt);
    }

    private static RecordedEffect recorded(ResultSet row, int number) throws SQLException {
        return new RecordedEffect(
                new EffectId(
                        new TaskId(row.getString("task_id")),
                        new StepId(row.getString("step_id")),
                        row.getInt("turn"),
                        row.getInt("call")),
                EffectClass.of(row.getString("effect_class")),
                Jsonb.read(row.getString("tool_call"), ToolCall.class),
                Columns.instant(row, "claimed_at"),
                result(row),
                Columns.instantOrNull(row, "completed_at"));
    }

    private static @Nullable ToolResult result(ResultSet row) throws SQLException {
        String result = Columns.textOrNull(row, "result");
        return result == null ? null : Jsonb.read(result, ToolResult.class);
    }

    private StatementSpec at(EffectId id, String sql) {
        return jdbc.sql(sql)
                .param("task", id.task().value())
                .param("step", id.step().value())
                .param("turn", id.turn())
                .param("call", id.call());
    }
}
