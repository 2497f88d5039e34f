package dev.titan.store.task;

import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskSpec;
import dev.titan.store.postgres.Jsonb;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the interpreter made of each goal. Thread-safe. */
public final class SpecRepository {

    private final JdbcClient jdbc;

    public SpecRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores the specification; when there is one already that one stays. */
    public void save(TaskId task, TaskSpec spec) {
        jdbc.sql("""
                        insert into specs (task_id, organisation_id, user_id, spec)
                        select id, organisation_id, user_id, cast(:spec as jsonb) from tasks where id = :task
                        on conflict do nothing
                        """)
                .param("task", task.value())
                .param("spec", Jsonb.write(spec))
                .update();
    }

    /** Returns the specification of a task. */
    public Optional<TaskSpec> find(TaskId task) {
        return jdbc.sql("select spec from specs where task_id = :task")
                .param("task", task.value())
                .query((row, number) -> Jsonb.read(row.getString("spec"), TaskSpec.class))
                .optional();
    }
}
