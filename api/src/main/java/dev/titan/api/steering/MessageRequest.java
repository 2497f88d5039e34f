package dev.titan.api.steering;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/tasks/{id}/messages}.
 *
 * @param text what to tell the model, or the answer to the question it asked
 */
record MessageRequest(
        @NotBlank(message = "is missing or blank")
        @Size(max = TEXT_CHARS_MAX, message = "must have at most 100,000 characters")
        @Nullable
        String text) {

    /** As much as a goal may have. */
    static final int TEXT_CHARS_MAX = 100_000;
}
