package dev.titan.api.task;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/tasks}.
 *
 * @param goal what to achieve, in the user's words
 * @param context what the model should know; its {@code files} (path → text) are put into the workspace first, then its
 *     {@code setup} is run there as a shell command
 * @param model {@code provider/model}; absent means the server's own
 * @param tools names of the tools the task may use; absent or empty means all
 * @param budget when to stop
 * @param successCriteria what must hold at the end; absent means the interpreter proposes them
 * @param metadata labels, given back untouched
 * @param networkPolicy what the sandbox may reach; absent means nothing
 * @param autonomy which calls need a person's approval: {@code auto} (none, the default), {@code ask_risky} (those that
 *     act outside of the sandbox or cannot be undone) or {@code ask_all}
 * @param approvalWaitSeconds how long a person may take to approve a call or to answer a question; 7 days when absent
 * @param review which steps are reviewed: {@code every_step} (the default), {@code on_error} or {@code off}
 * @param unknownOutcome who is told when a crash hides whether a call that must not be repeated took effect:
 *     {@code tell_model} (the default), or {@code ask_person}, whose answer becomes the call's result
 */
record CreateTaskRequest(
        @NotBlank(message = "is missing or blank")
        @Size(max = GOAL_CHARS_MAX, message = "must have at most 100,000 characters")
        @Nullable
        String goal,

        @Nullable Map<String, Object> context,

        @Pattern(regexp = "[^/\\s]{1,40}/\\S{1,160}", message = "must look like provider/model") @Nullable
        String model,

        @Size(max = TOOLS_MAX, message = "must name at most 100 tools") @Nullable
        List<@NotBlank(message = "is missing or blank") String> tools,

        @Valid @Nullable Budget budget,

        @Size(max = CRITERIA_MAX, message = "must have at most 50 entries") @Nullable
        List<@NotNull(message = "must be a string or {says, command}") @Valid CriterionRequest> successCriteria,

        @Size(max = METADATA_MAX, message = "must have at most 50 entries") @Nullable
        Map<
                        @Size(max = METADATA_KEY_CHARS_MAX, message = "has a key above 100 characters") String,
                        @NotNull(message = "must be a string")
                        @Size(max = METADATA_VALUE_CHARS_MAX, message = "must have at most 1,000 characters") String>
                metadata,

        @Nullable NetworkPolicyRequest networkPolicy,

        @Pattern(regexp = "auto|ask_risky|ask_all", message = "must be auto, ask_risky or ask_all") @Nullable
        String autonomy,

        @Min(value = 1, message = "must be 1–31,536,000")
        @Max(value = APPROVAL_WAIT_SECONDS_MAX, message = "must be 1–31,536,000")
        @Nullable
        Long approvalWaitSeconds,

        @Pattern(regexp = "every_step|on_error|off", message = "must be every_step, on_error or off") @Nullable
        String review,

        @Pattern(regexp = "tell_model|ask_person", message = "must be tell_model or ask_person") @Nullable
        String unknownOutcome) {

    /** Some 25,000 tokens: more than a person writes; longer input belongs into files. */
    static final int GOAL_CHARS_MAX = 100_000;

    static final int TOOLS_MAX = 100;

    /** More could not be judged with care in one reply. */
    static final int CRITERIA_MAX = 50;

    static final int CRITERION_CHARS_MAX = 2_000;

    /** A script of some length; a longer one belongs into a file. */
    static final int COMMAND_CHARS_MAX = 10_000;

    /** Labels, not a database: enough to find a task again. */
    static final int METADATA_MAX = 50;

    /** A year. */
    static final long APPROVAL_WAIT_SECONDS_MAX = 31_536_000;

    static final int METADATA_KEY_CHARS_MAX = 100;
    static final int METADATA_VALUE_CHARS_MAX = 1_000;

    /**
     * When to stop, and when to pause.
     *
     * @param maxSteps turns over the whole task; one more ends it
     * @param maxCorrections revised plans and second tries over the whole task; one more ends it
     * @param maxUsd US dollars for model calls, as far as their prices are known; more pauses it
     * @param maxTokens input and output tokens together; more pauses it
     * @param maxSeconds wall time from the start of the loop; more pauses it
     * @param maxModelCalls calls of any role; more pause it
     * @param maxToolCalls calls of any tool; more pause it
     */
    record Budget(
            @Min(value = 1, message = "must be 1–10,000") @Max(value = 10_000, message = "must be 1–10,000") @Nullable
            Integer maxSteps,

            @Min(value = 0, message = "must be 0–100") @Max(value = 100, message = "must be 0–100") @Nullable
            Integer maxCorrections,

            @Positive(message = "must be above 0") @Nullable BigDecimal maxUsd,

            @Min(value = 1, message = "must be at least 1") @Nullable
            Long maxTokens,

            @Min(value = 1, message = "must be at least 1") @Nullable
            Long maxSeconds,

            @Min(value = 1, message = "must be at least 1") @Nullable
            Integer maxModelCalls,

            @Min(value = 1, message = "must be at least 1") @Nullable
            Integer maxToolCalls) {

        dev.titan.contracts.task.Budget spending() {
            return new dev.titan.contracts.task.Budget(
                    maxUsd,
                    maxTokens,
                    maxSeconds == null ? null : Duration.ofSeconds(maxSeconds),
                    maxModelCalls,
                    maxToolCalls);
        }
    }
}
