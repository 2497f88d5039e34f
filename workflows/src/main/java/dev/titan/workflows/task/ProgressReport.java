package dev.titan.workflows.task;

import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskStatus;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;

/** Shows in Temporal's UI where the task is: search attributes for lists, details for the page of one run. */
final class ProgressReport {

    private static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("TitanStatus");

    private ProgressReport() {}

    static void status(TaskStatus status) {
        Workflow.upsertTypedSearchAttributes(STATUS.valueSet(status.wire()));
    }

    /** Step ids only: what they do may hold private words and stays in the store. */
    static void plan(PlanProgress plan, Allowance allowance) {
        StringBuilder table = new StringBuilder("| step | state |\n|---|---|\n");
        for (StepId step : plan.closed()) {
            table.append("| %s | done |%n".formatted(step));
        }
        for (StepOutline step : plan.open()) {
            table.append("| %s | open |%n".formatted(step.id()));
        }
        table.append("%nPlan version %d, %d steps taken, %d corrections."
                .formatted(plan.version(), allowance.stepsTaken(), allowance.correctionsMade()));
        Workflow.setCurrentDetails(table.toString());
    }
}
