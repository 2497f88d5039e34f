package dev.titan.contracts.review;

import dev.titan.contracts.task.TaskOutcome;

/**
 * The judgement on a whole task.
 *
 * @param met whether every success criterion holds
 * @param recoverable whether another plan could still succeed; without meaning when {@code met}
 * @param answer what to tell the user, at most {@value TaskOutcome#MESSAGE_CHARS_MAX} characters
 */
public record Verdict(boolean met, boolean recoverable, String answer) {}
