package dev.titan.api.task;

import dev.titan.api.task.CreateTaskRequest.Budget;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/tasks/{id}/retry}, which may be absent, and so may everything in it.
 *
 * @param message what to tell the model at its next turn
 * @param budget when to stop, counted from the beginning of the new task; a part that is absent is as in the other task
 * @param model {@code provider/model}
 */
record RetryRequest(
        @Pattern(regexp = "(?s).*\\S.*", message = "is blank")
        @Size(max = CreateTaskRequest.GOAL_CHARS_MAX, message = "must have at most 100,000 characters")
        @Nullable
        String message,

        @Valid @Nullable Budget budget,

        @Pattern(regexp = "[^/\\s]{1,40}/\\S{1,160}", message = "must look like provider/model") @Nullable
        String model) {

    static final RetryRequest UNCHANGED = new RetryRequest(null, null, null);

    Changes changes() {
        return new Changes(null, message, budget, model);
    }
}
