package dev.titan.api.task;

import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskTerms;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different in a task that goes on from another one; absent is the same.
 *
 * @param goal another goal
 * @param message what its user says to the model
 * @param budget parts of a budget
 * @param model another model
 */
record Changes(
        @Nullable String goal,
        @Nullable String message,
        CreateTaskRequest.@Nullable Budget budget,
        @Nullable String model) {

    boolean changesGoalOf(TaskRequest request) {
        return goal != null && !goal.equals(request.goal());
    }

    TaskRequest applyTo(TaskRequest request) {
        return new TaskRequest(
                goal == null ? request.goal() : goal,
                request.files(),
                request.setup(),
                request.context(),
                model == null ? request.model() : model,
                request.tools(),
                limits(request.limits()),
                request.successCriteria(),
                request.metadata(),
                request.networkPolicy(),
                terms(request.terms()));
    }

    private TaskLimits limits(TaskLimits limits) {
        Integer steps = budget == null ? null : budget.maxSteps();
        Integer corrections = budget == null ? null : budget.maxCorrections();
        return new TaskLimits(
                steps == null ? limits.maxSteps() : steps, corrections == null ? limits.maxCorrections() : corrections);
    }

    private TaskTerms terms(TaskTerms terms) {
        return budget == null
                ? terms
                : new TaskTerms(
                        terms.autonomy(),
                        terms.approvalWait(),
                        terms.review(),
                        terms.budget().with(budget.spending()),
                        terms.unknownOutcome());
    }
}
