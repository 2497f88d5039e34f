package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.api.trace.TraceId;
import dev.titan.contracts.json.TitanJson;
import dev.titan.store.fork.Fork;
import dev.titan.store.fork.ForkPoint;
import dev.titan.store.fork.Forked;
import dev.titan.store.fork.TaskForks;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.TaskRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accepts tasks that go on from another one, which is never changed. */
public final class TaskForking {

    private final TaskAccess access;
    private final TaskForks forks;

    public TaskForking(TaskAccess access, TaskForks forks) {
        this.access = access;
        this.forks = forks;
    }

    /**
     * Who asks, and under which name.
     *
     * @param caller who
     * @param trace the trace of the request, which the new task belongs to
     * @param idempotencyKey the client's name for the request, or absent
     */
    record Asking(Caller caller, TraceId trace, @Nullable String idempotencyKey) {}

    TaskRow fork(Asking asking, String id, ForkPoint point, Record body, Changes changes) {
        String key = asking.idempotencyKey();
        if (key != null) {
            IdempotencyKey.requireValid(key);
        }
        TaskRow from = access.require(asking.caller(), id);
        NewTask task = new NewTask(
                TaskIds.next(),
                changes.applyTo(from.request()),
                asking.caller().organisationId(),
                asking.caller().userId(),
                key,
                key == null ? null : TaskAccepting.sha256(nameOf(body, from)),
                asking.trace().value());
        Fork fork = new Fork(task, from.id(), point, changes.message(), changes.changesGoalOf(from.request()));
        return switch (forks.accept(fork)) {
            case Forked.Made(var accepted) -> TaskAccepting.answered(accepted);
            case Forked.Refused refused -> throw refusal(refused);
        };
    }

    /** The same for the same request alone: not for another kind of request, and not for one about another task. */
    private static String nameOf(Record body, TaskRow from) {
        return "%s %s %s"
                .formatted(
                        body.getClass().getSimpleName(),
                        from.id(),
                        TitanJson.mapper().writeValueAsString(body));
    }

    private static ProblemException refusal(Forked.Refused refused) {
        return switch (refused.why()) {
            case STEP_UNKNOWN, STEP_NOT_DONE, FILES_GONE ->
                new ProblemException(
                        ProblemType.STATE_CONFLICT,
                        "The step %s.".formatted(refused.message()),
                        List.of(new FieldError("step", refused.message())));
            case NOT_FAILED ->
                new ProblemException(ProblemType.STATE_CONFLICT, "The task %s.".formatted(refused.message()));
        };
    }
}
