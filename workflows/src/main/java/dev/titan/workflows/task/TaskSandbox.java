package dev.titan.workflows.task;

import dev.titan.contracts.sandbox.SandboxActivity.CreateRequest;
import dev.titan.contracts.sandbox.SandboxActivity.SandboxRequest;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskStart;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The task's one sandbox: created when first needed, taken away at the end. */
final class TaskSandbox {

    private static final Logger LOG = Workflow.getLogger(TaskSandbox.class);

    private final TaskStart start;
    private final Outbox outbox;
    private boolean asked;
    private @Nullable SandboxRef ref;

    TaskSandbox(TaskStart start, Outbox outbox) {
        this.start = start;
        this.outbox = outbox;
    }

    SandboxRef require() {
        SandboxRef known = ref;
        if (known != null) {
            return known;
        }
        asked = true;
        SandboxRef created = outbox.deliverFor(events -> ActivityPolicy.sandboxCreation()
                .createSandbox(new CreateRequest(start.taskId(), start.traceId(), events)));
        ref = created;
        return created;
    }

    /** Artifacts are worth having and not worth failing a task for: what cannot be had is logged. */
    void collectArtifacts() {
        SandboxRef known = ref;
        if (known == null) {
            return;
        }
        try {
            ActivityPolicy.sandbox(known).collectArtifacts(request(known));
        } catch (ActivityFailure e) {
            LOG.warn("No artifacts collected from sandbox {}", known.id(), e);
        }
    }

    /** What cannot be destroyed now ends with its lease. */
    void destroy() {
        SandboxRef known = ref;
        if (known == null) {
            if (asked) {
                LOG.warn("A sandbox was asked for and not confirmed; its lease ends it");
            }
            return;
        }
        try {
            ActivityPolicy.sandbox(known).destroySandbox(request(known));
        } catch (ActivityFailure e) {
            LOG.warn("Sandbox {} not destroyed", known.id(), e);
        }
    }

    private SandboxRequest request(SandboxRef known) {
        return new SandboxRequest(start.taskId(), known, start.traceId());
    }
}
