package dev.titan.contracts.chat;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;

/**
 * A place in a task where a model is asked.
 *
 * @param task the task
 * @param planVersion the plan in force
 * @param step the step
 * @param turn the turn within the step, from 1; counts up over the life of the step id
 */
public record StepPosition(TaskId task, int planVersion, StepId step, int turn) {}
