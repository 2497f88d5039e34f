package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.trace.TraceFilter;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import java.util.Optional;
import org.slf4j.MDC;

/** Finds tasks for a caller; what belongs to another organisation does not exist. */
public final class TaskAccess {

    private final TaskRepository tasks;

    public TaskAccess(TaskRepository tasks) {
        this.tasks = tasks;
    }

    /** Returns the task and puts its id on the log lines of this request, or ends the request as not found. */
    public TaskRow require(Caller caller, String id) {
        TaskRow task = parse(id)
                .flatMap(tasks::find)
                .filter(found -> found.organisationId().equals(caller.organisationId()))
                .orElseThrow(() -> ProblemException.notFound("task", id));
        MDC.put(TraceFilter.MDC_TASK, id);
        return task;
    }

    static Optional<TaskId> parse(String id) {
        try {
            return Optional.of(new TaskId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
