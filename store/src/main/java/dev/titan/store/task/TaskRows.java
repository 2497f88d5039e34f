package dev.titan.store.task;

import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Rows of {@code tasks} as records. */
final class TaskRows {

    /** The columns of a {@link TaskSummary}, of the table named {@code tasks}. */
    static final String SUMMARY_COLUMNS = """
            id, left(request ->> 'goal', %d) as goal, request -> 'metadata' as metadata, status, reason, message, \
            model_calls, input_tokens, output_tokens, last_seq, created_at, started_at, ended_at\
            """.formatted(TaskSummary.GOAL_CHARS_MAX);

    private TaskRows() {}

    static TaskRow row(ResultSet row, int number) throws SQLException {
        return new TaskRow(
                new TaskId(row.getString("id")),
                row.getString("organisation_id"),
                row.getString("user_id"),
                Jsonb.read(row.getString("request"), TaskRequest.class),
                TaskStatus.of(row.getString("status")),
                reason(row),
                Columns.textOrNull(row, "message"),
                row.getInt("plan_version"),
                usage(row),
                row.getLong("last_seq"),
                row.getString("trace_id"),
                Columns.instantOrNull(row, "cancel_requested_at") != null,
                Columns.instantOrNull(row, "workflow_started_at") != null,
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"),
                Columns.instant(row, "updated_at"),
                inheritance(row));
    }

    static TaskSummary summary(ResultSet row, int number) throws SQLException {
        return new TaskSummary(
                new TaskId(row.getString("id")),
                row.getString("goal"),
                Jsonb.read(row.getString("metadata"), new TypeReference<Map<String, String>>() {}),
                TaskStatus.of(row.getString("status")),
                reason(row),
                Columns.textOrNull(row, "message"),
                usage(row),
                row.getLong("last_seq"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"));
    }

    private static @Nullable Inheritance inheritance(ResultSet row) throws SQLException {
        String inheritance = Columns.textOrNull(row, "inheritance");
        return inheritance == null ? null : Jsonb.read(inheritance, Inheritance.class);
    }

    private static @Nullable TaskReason reason(ResultSet row) throws SQLException {
        String reason = Columns.textOrNull(row, "reason");
        return reason == null ? null : TaskReason.of(reason);
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(row.getInt("model_calls"), row.getLong("input_tokens"), row.getLong("output_tokens"));
    }
}
