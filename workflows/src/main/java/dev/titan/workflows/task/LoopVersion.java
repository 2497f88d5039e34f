package dev.titan.workflows.task;

import io.temporal.workflow.Workflow;

/** What tasks that began under an older loop must not see change, so that they finish under this one. */
final class LoopVersion {

    /** Since this change independent steps run side by side, and runs are continued as new. */
    private static final String SIDE_BY_SIDE = "steps-side-by-side";

    /** Steps in progress at once: each may hold a model call and a writing command. */
    private static final int STEPS_AT_ONCE = 4;

    private final boolean old =
            Workflow.getVersion(SIDE_BY_SIDE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;

    int stepsAtOnce() {
        return old ? 1 : STEPS_AT_ONCE;
    }

    boolean mayContinueAsNew() {
        return !old;
    }
}
