package dev.titan.workflows.task;

import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskStart;

/** What is left of the task's limits. */
final class Allowance {

    private final TaskLimits limits;
    private int steps;
    private int corrections;

    Allowance(TaskStart start) {
        this.limits = start.limits();
        TaskProgress progress = start.progress();
        if (progress != null) {
            this.steps = progress.spending().steps();
            this.corrections = progress.spending().corrections();
        }
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
