package dev.titan.workflows.task;

import dev.titan.contracts.task.TaskLimits;

/** What is left of the task's limits. */
final class Allowance {

    private final TaskLimits limits;
    private int steps;
    private int corrections;

    Allowance(TaskLimits limits) {
        this.limits = limits;
    }

    /** Takes one step; false when none is left. */
    boolean step() {
        return steps < limits.maxSteps() && ++steps > 0;
    }

    /** Takes one correction; false when none is left. */
    boolean correct() {
        return corrections < limits.maxCorrections() && ++corrections > 0;
    }

    int stepsTaken() {
        return steps;
    }

    int correctionsMade() {
        return corrections;
    }
}
