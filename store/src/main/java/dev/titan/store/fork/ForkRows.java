package dev.titan.store.fork;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import dev.titan.store.postgres.PostgresText;
import dev.titan.store.task.TaskRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Reads what of a task belongs to a moment, and copies it under another id. Everything joins the caller's transaction. */
final class ForkRows {

    /** Puts the files of a request into a workspace; not part of any plan. */
    private static final String SEEDING = "seed";

    /** Effects that belong to a moment: those of steps that were done, and of the checks of verdicts that were made. */
    private static final String OF_THE_MOMENT = """
            (step_id in (select jsonb_array_elements_text(cast(:closed as jsonb)))
             or (step_id = :verify and turn <= :verdicts))""";

    private final JdbcClient jdbc;

    ForkRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a task from being removed until the transaction ends; empty when there is none. */
    Optional<TaskId> keep(TaskId task) {
        return jdbc.sql("select id from tasks where id = :task for key share")
                .param("task", task.value())
                .query((row, number) -> new TaskId(row.getString("id")))
                .optional();
    }

    /** Returns what the log tells of plans and ends of steps. */
    List<StepHistory.Told> told(TaskId task) {
        return jdbc.sql("""
                        select seq, step_id, data from events
                        where task_id = :task
                          and type in ('plan_generated', 'correction_applied', 'step_completed', 'review_completed')
                        order by seq
                        """)
                .param("task", task.value())
                .query((row, number) -> {
                    String step = Columns.textOrNull(row, "step_id");
                    return new StepHistory.Told(
                            row.getLong("seq"),
                            step == null ? null : new StepId(step),
                            Jsonb.read(row.getString("data"), TaskEvent.class));
                })
                .list();
    }

    State state(TaskRow task, Moment moment) {
        Inheritance inherited = task.inheritance();
        int verdicts = Math.max(inherited == null ? 0 : inherited.verdicts(), verdicts(task.id(), moment));
        int messages = Math.max(inherited == null ? 0 : inherited.messages(), messages(task.id(), moment));
        State state = new State(moment, verdicts, messages, null);
        boolean begunWithFiles = (inherited != null && inherited.files())
                || !task.request().files().isEmpty()
                || task.request().setup() != null;
        Integer checkpoint = newestOf(task.id(), state)
                .or(() -> begunWithFiles ? first(task.id()) : Optional.empty())
                .orElse(null);
        return new State(moment, verdicts, messages, checkpoint);
    }

    private int verdicts(TaskId task, Moment moment) {
        return jdbc.sql("""
                        select coalesce(max(cast(split_part(event_key, '/', 3) as int)), 0) from events
                        where task_id = :task and starts_with(event_key, 'usage/verdict/') and seq <= :seq
                        """)
                .param("task", task.value())
                .param("seq", moment.seq())
                .query(Integer.class)
                .single();
    }

    private int messages(TaskId task, Moment moment) {
        return jdbc.sql("""
                        select coalesce(max(c.number), 0) from commands c
                        join events e on e.task_id = c.task_id and e.event_key = 'message_received/' || c.id
                        where c.task_id = :task and e.seq <= :seq
                        """)
                .param("task", task.value())
                .param("seq", moment.seq())
                .query(Integer.class)
                .single();
    }

    /** The newest checkpoint behind a call that belongs to the moment: it has what those calls have changed. */
    private Optional<Integer> newestOf(TaskId task, State state) {
        return ofTheMoment(
                        "select max(checkpoint) from effects where task_id = :task and " + OF_THE_MOMENT, task, state)
                .query((row, number) -> Optional.ofNullable(Columns.intOrNull(row, "max")))
                .single();
    }

    private Optional<Integer> first(TaskId task) {
        return jdbc.sql("select number from checkpoints where task_id = :task and number = 1 and effect is null")
                .param("task", task.value())
                .query(Integer.class)
                .optional();
    }

    /** Returns whether a call of the moment changed what no checkpoint of the moment holds. */
    boolean isBeyondCheckpoints(TaskId task, State state) {
        return ofTheMoment("""
                        select coalesce(bool_or(beyond_checkpoint and completed_at > coalesce(
                            (select max(completed_at) from effects where task_id = :task and checkpoint is not null
                             and %1$s), '-infinity')), false)
                        from effects where task_id = :task and %1$s
                        """.formatted(OF_THE_MOMENT), task, state)
                .query(Boolean.class)
                .single();
    }

    void copy(TaskId from, TaskId to, State state, boolean otherGoal) {
        copyTranscript(from, to, state, otherGoal);
        run("""
                insert into effects (task_id, organisation_id, user_id, step_id, turn, call, effect_class, tool_call,
                                     owner_token, claimed_at, owned_since, result, completed_at, checkpoint)
                select t.id, t.organisation_id, t.user_id, step_id, turn, call, effect_class, tool_call, owner_token,
                       claimed_at, owned_since, result, completed_at, case when :files and effect_class = 'sandbox' then 1 end
                from effects e, tasks t
                where t.id = :to and e.task_id = :task and e.result is not null
                  and (step_id = :seeding or %s)
                """.formatted(OF_THE_MOMENT), from, to, state, Map.of("files", state.checkpoint() != null));
        copyWorkspace(from, to, state);
        run("""
                insert into commands (task_id, id, organisation_id, user_id, body, number, created_at, taken_at)
                select t.id, c.id, t.organisation_id, t.user_id, c.body, c.number, c.created_at, c.taken_at
                from commands c, tasks t
                where t.id = :to and c.task_id = :task and c.number <= :messages
                """, from, to, state);
    }

    /**
     * A first plan is made from the beginning: what led to none is of no use. Summaries are made anew, since one may tell of
     * more than is taken over.
     */
    private void copyTranscript(TaskId from, TaskId to, State state, boolean otherGoal) {
        if (state.moment().planVersion() == 0) {
            return;
        }
        if (!otherGoal) {
            run("""
                    insert into specs (task_id, organisation_id, user_id, spec)
                    select t.id, t.organisation_id, t.user_id, s.spec from specs s, tasks t
                    where t.id = :to and s.task_id = :task
                    """, from, to, state);
        }
        run("""
                insert into plans (task_id, version, organisation_id, user_id, plan)
                select t.id, p.version, t.organisation_id, t.user_id, p.plan from plans p, tasks t
                where t.id = :to and p.task_id = :task and p.version <= :plan
                """, from, to, state);
        run("""
                insert into messages (task_id, conversation, index, organisation_id, user_id, message)
                select t.id, m.conversation, m.index, t.organisation_id, t.user_id, m.message from messages m, tasks t
                where t.id = :to and m.task_id = :task and case split_part(m.conversation, '/', 1)
                    when 'interpret' then not :otherGoal
                    when 'plan' then cast(split_part(m.conversation, '/', 2) as int) <= :plan
                    when 'summary' then false
                    when 'verdict' then cast(split_part(m.conversation, '/', 2) as int) <= :verdicts
                    else split_part(m.conversation, '/', 2) in (select jsonb_array_elements_text(cast(:closed as jsonb)))
                    end
                """, from, to, state, Map.of("otherGoal", otherGoal));
    }

    private void copyWorkspace(TaskId from, TaskId to, State state) {
        Integer checkpoint = state.checkpoint();
        if (checkpoint == null) {
            return;
        }
        run("""
                insert into checkpoints (task_id, number, organisation_id, user_id, generation, fingerprint, pages, entries,
                                         size_bytes)
                select t.id, 1, t.organisation_id, t.user_id, 1, fingerprint, pages, entries, size_bytes
                from checkpoints c, tasks t
                where t.id = :to and c.task_id = :task and number = :checkpoint
                """, from, to, state, Map.of("checkpoint", checkpoint));
        run("""
                insert into workspaces (task_id, organisation_id, user_id, notice)
                select id, organisation_id, user_id, :notice from tasks where id = :to
                """, from, to, state, Map.of("notice", notice(from, state)));
    }

    private String notice(TaskId from, State state) {
        List<String> outside = ofTheMoment("""
                        select distinct tool_call ->> 'tool' as tool from effects
                        where task_id = :task and effect_class in ('once', 'idempotent') and step_id <> :seeding
                          and not %s
                        order by tool
                        """.formatted(OF_THE_MOMENT), from, state)
                .query(String.class)
                .list();
        String notUndone = outside.isEmpty()
                ? ""
                : " What was done outside of the sandbox after that moment is not undone; these tools were called: %s."
                        .formatted(String.join(", ", outside));
        return ("Note: this task goes on from an earlier one. Files are as they were then. Processes in the background are"
                        + " gone; start them again if they are needed.%s")
                .formatted(notUndone);
    }

    /** Writes how the steps ended, behind the event with the plan, which says that none has begun. */
    void writeSteps(TaskId task, Moment moment) {
        moment.closed()
                .forEach((step, ended) -> jdbc.sql("""
                        insert into steps (task_id, organisation_id, user_id, step_id, status, attempt, result, error)
                        select id, organisation_id, user_id, :step, :status, :attempt, :result, :error
                        from tasks where id = :task
                        on conflict (task_id, step_id) do update
                        set status = excluded.status, attempt = excluded.attempt, result = excluded.result,
                            error = excluded.error
                        """)
                        .param("task", task.value())
                        .param("step", step.value())
                        .param("status", ended.status().wire())
                        .param("attempt", ended.attempt())
                        .param("result", storable(ended.result()))
                        .param("error", storable(ended.error()))
                        .update());
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : PostgresText.storable(text);
    }

    private void run(String sql, TaskId from, TaskId to, State state) {
        run(sql, from, to, state, Map.of());
    }

    private void run(String sql, TaskId from, TaskId to, State state, Map<String, Object> more) {
        ofTheMoment(sql, from, state).param("to", to.value()).params(more).update();
    }

    private StatementSpec ofTheMoment(String sql, TaskId task, State state) {
        return jdbc.sql(sql)
                .param("task", task.value())
                .param("plan", state.moment().planVersion())
                .param("closed", Jsonb.write(state.moment().closed().keySet()))
                .param("verify", ReasoningActivity.VERIFY.value())
                .param("verdicts", state.verdicts())
                .param("messages", state.messages())
                .param("seeding", SEEDING);
    }
}
