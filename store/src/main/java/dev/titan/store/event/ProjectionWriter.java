package dev.titan.store.event;

import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import dev.titan.store.postgres.PostgresText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes projections to {@code tasks} and {@code steps}, inside the transaction that appends their events. */
final class ProjectionWriter {

    private final JdbcClient jdbc;

    ProjectionWriter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(TaskId task, Instant at, Projection projection) {
        switch (projection) {
            case Projection.Nothing(),
                    Projection.Spent(Usage _) -> {} // EventLog adds up with the events what was spent
            case Projection.Moved moved -> move(task, at, moved);
            case Projection.Planned planned -> plan(task, planned);
            case Projection.Finished finished -> finish(task, finished);
            case Projection.StepMoved moved -> moveStep(task, moved);
        }
    }

    private void move(TaskId task, Instant at, Projection.Moved moved) {
        var reason = moved.reason();
        jdbc.sql("""
                        update tasks
                        set status = :status, reason = :reason, message = coalesce(:message, message),
                            started_at = case when :status = 'running' then coalesce(started_at, :at) else started_at end,
                            ended_at = case when :end then :at end
                        where id = :task and status not in ('succeeded', 'failed', 'cancelled')
                        """)
                .param("task", task.value())
                .param("status", moved.status().wire())
                .param("reason", reason == null ? null : reason.wire())
                .param("message", storable(moved.message()))
                .param("at", Columns.timestamp(at))
                .param("end", moved.isEnd())
                .update();
    }

    private void plan(TaskId task, Projection.Planned planned) {
        Plan plan = planned.plan();
        var ids = Jsonb.write(plan.steps().stream().map(Step::id).toList());
        var keptAsFailed = Jsonb.write(plan.steps().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .map(Step::id)
                .toList());
        jdbc.sql("update tasks set plan_version = greatest(plan_version, :version) where id = :task")
                .param("task", task.value())
                .param("version", plan.version())
                .update();
        jdbc.sql("""
                        update steps set status = 'skipped', error = :reason, updated_at = clock_timestamp()
                        where task_id = :task and status in ('pending', 'running')
                          and step_id not in (select jsonb_array_elements_text(cast(:steps as jsonb)))
                        """)
                .param("task", task.value())
                .param("steps", ids)
                .param("reason", storable(leftOut(planned)))
                .update();
        jdbc.sql("""
                        insert into steps (task_id, organisation_id, user_id, step_id, status)
                        select t.id, t.organisation_id, t.user_id, s.id, 'pending'
                        from tasks t, jsonb_array_elements_text(cast(:steps as jsonb)) s(id)
                        where t.id = :task
                        on conflict (task_id, step_id) do update
                        set status = 'pending', result = null, error = null, updated_at = clock_timestamp()
                        where steps.status <> 'succeeded'
                          and steps.step_id not in (select jsonb_array_elements_text(cast(:failed as jsonb)))
                        """)
                .param("task", task.value())
                .param("steps", ids)
                .param("failed", keptAsFailed)
                .update();
    }

    private static String leftOut(Projection.Planned planned) {
        String why = planned.why();
        return "Version %d of the plan leaves it out%s"
                .formatted(planned.plan().version(), why == null ? "." : ": " + why);
    }

    private void finish(TaskId task, Projection.Finished finished) {
        jdbc.sql("""
                        update steps set status = 'skipped', error = :reason, updated_at = clock_timestamp()
                        where task_id = :task and status = 'pending'
                        """)
                .param("task", task.value())
                .param("reason", "The review of step %s finished the plan.".formatted(finished.by()))
                .update();
    }

    private void moveStep(TaskId task, Projection.StepMoved moved) {
        jdbc.sql("""
                        insert into steps (task_id, organisation_id, user_id, step_id, status, attempt, result, error)
                        select id, organisation_id, user_id, :step, :status, :attempt, :result, :error
                        from tasks where id = :task
                        on conflict (task_id, step_id) do update
                        set status = excluded.status, attempt = excluded.attempt, result = excluded.result,
                            error = excluded.error, updated_at = clock_timestamp()
                        """)
                .param("task", task.value())
                .param("step", moved.step().value())
                .param("status", moved.status().wire())
                .param("attempt", moved.attempt())
                .param("result", storable(moved.result()))
                .param("error", storable(moved.error()))
                .update();
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : PostgresText.storable(text);
    }
}
