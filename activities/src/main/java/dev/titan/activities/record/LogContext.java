package dev.titan.activities.record;

import dev.titan.contracts.task.TaskId;
import org.slf4j.MDC;

/** Puts task and trace into every log line of this thread until it is closed. */
public final class LogContext implements AutoCloseable {

    private static final String TASK = "task_id";
    private static final String TRACE = "trace_id";

    private LogContext() {}

    /** Begins on this thread. */
    public static LogContext of(TaskId task, String traceId) {
        MDC.put(TASK, task.value());
        MDC.put(TRACE, traceId);
        return new LogContext();
    }

    @Override
    public void close() {
        MDC.remove(TASK);
        MDC.remove(TRACE);
    }
}
