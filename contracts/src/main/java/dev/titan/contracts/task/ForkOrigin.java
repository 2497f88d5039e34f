package dev.titan.contracts.task;

import dev.titan.contracts.plan.StepId;
import org.jspecify.annotations.Nullable;

/**
 * Which task another one goes on from.
 *
 * @param task the task it goes on from
 * @param step the step of that task after which it goes on; absent when none of its steps was done
 */
public record ForkOrigin(TaskId task, @Nullable StepId step) {}
