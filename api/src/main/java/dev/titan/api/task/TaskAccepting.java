package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.api.trace.TraceFilter;
import dev.titan.api.trace.TraceId;
import dev.titan.store.task.Accepted;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Accepts tasks: reads them, stores them, and leaves starting them to the starter. */
public final class TaskAccepting {

    private static final Logger LOG = LoggerFactory.getLogger(TaskAccepting.class);

    private final TaskRequestReader reader;
    private final TaskRepository tasks;

    public TaskAccepting(TaskRequestReader reader, TaskRepository tasks) {
        this.reader = reader;
        this.tasks = tasks;
    }

    TaskRow accept(Caller caller, TraceId trace, @Nullable String idempotencyKey, byte[] body) {
        if (idempotencyKey != null) {
            IdempotencyKey.requireValid(idempotencyKey);
        }
        TaskRequestReader.Read read = reader.read(body);
        NewTask task = new NewTask(
                TaskIds.next(),
                read.request(),
                caller.organisationId(),
                caller.userId(),
                idempotencyKey,
                idempotencyKey == null ? null : sha256(read.canonicalBody()),
                trace.value());
        return answered(tasks.accept(task));
    }

    /** Returns the task that was accepted, now or before, or ends the request. */
    static TaskRow answered(Accepted accepted) {
        return switch (accepted) {
            case Accepted.New(TaskRow row) -> logged("Task accepted", row);
            case Accepted.Repeated(TaskRow row) -> logged("Task accepted before, under the same key", row);
            case Accepted.Conflict() -> {
                String reason = "was used for a request with another body; use a new one";
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_CONFLICT,
                        "'Idempotency-Key' %s.".formatted(reason),
                        List.of(new FieldError("Idempotency-Key", reason)));
            }
        };
    }

    private static TaskRow logged(String message, TaskRow row) {
        MDC.put(TraceFilter.MDC_TASK, row.id().value());
        LOG.info(message);
        return row;
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
