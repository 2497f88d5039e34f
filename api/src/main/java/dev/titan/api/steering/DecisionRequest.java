package dev.titan.api.steering;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/approvals/{id}}.
 *
 * @param decision {@code approve}, {@code deny}, or {@code edit} to have the call made with other arguments
 * @param arguments the arguments to use instead, when the decision is to edit
 * @param argumentsHash the hash of the call that was looked at; checked when given
 * @param note what the model is told, such as why not
 */
record DecisionRequest(
        @NotBlank(message = "is missing")
        @Pattern(regexp = "approve|deny|edit", message = "must be approve, deny or edit")
        @Nullable
        String decision,

        @Nullable Map<String, Object> arguments,
        @Nullable String argumentsHash,

        @Size(max = NOTE_CHARS_MAX, message = "must have at most 2,000 characters") @Nullable
        String note) {

    /** A paragraph. */
    static final int NOTE_CHARS_MAX = 2_000;
}
