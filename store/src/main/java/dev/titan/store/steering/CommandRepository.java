package dev.titan.store.steering;

import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What users asked of tasks. All methods join the caller's transaction. Thread-safe. */
public final class CommandRepository {

    private final JdbcClient jdbc;

    public CommandRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a command, unless one of that id is there already; returns the one that is there. */
    public CommandRow save(TaskId task, CommandId id, Command command) {
        jdbc.sql("""
                        insert into commands (task_id, id, organisation_id, user_id, body)
                        select id, :id, organisation_id, user_id, cast(:body as jsonb) from tasks where id = :task
                        on conflict do nothing
                        """)
                .param("task", task.value())
                .param("id", id.value())
                .param("body", Jsonb.write(command))
                .update();
        return find(task, id).orElseThrow(() -> new IllegalArgumentException("no such task: " + task));
    }

    /** Forgets a command that was refused, so that its id can be used again. */
    public void forget(TaskId task, CommandId id) {
        jdbc.sql("delete from commands where task_id = :task and id = :id and taken_at is null")
                .param("task", task.value())
                .param("id", id.value())
                .update();
    }

    /** Marks a command as taken; a repeat changes nothing. */
    public void taken(TaskId task, CommandId id, @Nullable Integer number) {
        jdbc.sql("""
                        update commands set taken_at = clock_timestamp(), number = :number
                        where task_id = :task and id = :id and taken_at is null
                        """)
                .param("task", task.value())
                .param("id", id.value())
                .param("number", number)
                .update();
    }

    /** Returns a command. */
    public Optional<CommandRow> find(TaskId task, CommandId id) {
        return jdbc.sql("select * from commands where task_id = :task and id = :id")
                .param("task", task.value())
                .param("id", id.value())
                .query(CommandRepository::row)
                .optional();
    }

    /** Returns the texts of the messages numbered {@code after + 1} to {@code upTo}, in their order. */
    public List<String> messages(TaskId task, int after, int upTo) {
        return jdbc.sql("""
                        select body ->> 'text' from commands
                        where task_id = :task and number > :after and number <= :upTo order by number
                        """)
                .param("task", task.value())
                .param("after", after)
                .param("upTo", upTo)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static CommandRow row(ResultSet row, int number) throws SQLException {
        return new CommandRow(
                new CommandId(row.getString("id")),
                Jsonb.read(row.getString("body"), Command.class),
                Columns.intOrNull(row, "number"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "taken_at"));
    }
}
