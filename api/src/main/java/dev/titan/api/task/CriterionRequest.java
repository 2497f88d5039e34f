package dev.titan.api.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.task.SuccessCriterion;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must hold at the end: a string, or an object.
 *
 * @param says the criterion in words; may be left out beside a command
 * @param command a shell command that exits with 0 when the criterion holds; absent means the reviewer judges
 */
record CriterionRequest(
        @Size(max = CreateTaskRequest.CRITERION_CHARS_MAX, message = "must have at most 2,000 characters") @Nullable
        String says,

        @Size(max = CreateTaskRequest.COMMAND_CHARS_MAX, message = "must have at most 10,000 characters") @Nullable
        String command) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    CriterionRequest(@JsonProperty("says") @Nullable String says, @JsonProperty("command") @Nullable String command) {
        this.says = says;
        this.command = command;
    }

    /** Reads the short form. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static CriterionRequest words(String says) {
        return new CriterionRequest(says, null);
    }

    @AssertTrue(message = "must say something")
    boolean isSaying() {
        return !blank(command) || (command == null && !blank(says));
    }

    SuccessCriterion criterion() {
        if (command == null) {
            return new SuccessCriterion.Words(said(""));
        }
        return new SuccessCriterion.Check(said(command), command);
    }

    private String said(String otherwise) {
        return says == null || says.isBlank() ? otherwise : says;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
