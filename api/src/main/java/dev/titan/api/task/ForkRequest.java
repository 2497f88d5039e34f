package dev.titan.api.task;

import dev.titan.api.problem.ProblemException;
import dev.titan.api.task.CreateTaskRequest.Budget;
import dev.titan.store.fork.ForkPoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/tasks/{id}/fork}; what is absent is as in the task that is forked.
 *
 * @param step after which step the new task goes on: its id, or its number in the plan
 * @param goal another goal; what is left is then planned anew
 * @param message what to tell the model at its next turn
 * @param budget when to stop, counted from the beginning of the new task; a part that is absent is as in the other task
 * @param model {@code provider/model}
 */
record ForkRequest(
        @Nullable StepChoice step,

        @Pattern(regexp = "(?s).*\\S.*", message = "is blank")
        @Size(max = CreateTaskRequest.GOAL_CHARS_MAX, message = "must have at most 100,000 characters")
        @Nullable
        String goal,

        @Pattern(regexp = "(?s).*\\S.*", message = "is blank")
        @Size(max = CreateTaskRequest.GOAL_CHARS_MAX, message = "must have at most 100,000 characters")
        @Nullable
        String message,

        @Valid @Nullable Budget budget,

        @Pattern(regexp = "[^/\\s]{1,40}/\\S{1,160}", message = "must look like provider/model") @Nullable
        String model) {

    /** Returns the moment at which the new task begins, or ends the request when it names none. */
    ForkPoint point() {
        if (step == null) {
            throw ProblemException.invalid("step", "is missing");
        }
        return step.after();
    }

    Changes changes() {
        return new Changes(goal, message, budget, model);
    }
}
