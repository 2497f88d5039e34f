package dev.titan.contracts.task;

/**
 * The argument of {@link TaskWorkflow}: the goal itself stays in the store.
 *
 * @param taskId the task
 * @param limits when to stop
 * @param checks how many of the success criteria are commands to run at the end
 * @param traceId the trace the task belongs to: 32 hexadecimal digits (W3C Trace Context)
 */
public record TaskStart(TaskId taskId, TaskLimits limits, int checks, String traceId) {}
