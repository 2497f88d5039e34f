package dev.titan.contracts.review;

import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.task.TaskOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The judgement on a whole task.
 *
 * @param met whether every success criterion holds
 * @param recoverable whether another plan could still succeed; without meaning when {@code met}
 * @param answer what to tell the user, at most {@value TaskOutcome#MESSAGE_CHARS_MAX} characters
 * @param spent what it cost; absent in runs that began before budgets were counted
 */
public record Verdict(
        boolean met,
        boolean recoverable,
        String answer,
        @Nullable Spent spent) {}
