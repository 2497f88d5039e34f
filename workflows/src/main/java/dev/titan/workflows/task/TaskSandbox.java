package dev.titan.workflows.task;

import dev.titan.contracts.sandbox.SandboxActivity.Cause;
import dev.titan.contracts.sandbox.SandboxActivity.CreateRequest;
import dev.titan.contracts.sandbox.SandboxActivity.RestoreRequest;
import dev.titan.contracts.sandbox.SandboxActivity.SandboxRequest;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskStart;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The task's one sandbox: created when first needed, replaced from its last checkpoint when it is lost or was stopped for
 * being idle, taken away at the end.
 */
final class TaskSandbox {

    /** A task that loses more sandboxes than this is what ends them: a command that kills everything, for one. */
    static final int LOSSES_MAX = 5;

    private static final Logger LOG = Workflow.getLogger(TaskSandbox.class);

    /** Runs that began before sandboxes were replaced end as they always did. */
    private static final String REPLACES = "replace-lost-sandboxes";

    /** Runs that began before every replacement was asked for artifacts ask the first one alone. */
    private static final String COLLECTS = "collect-from-every-replacement";

    private final TaskStart start;
    private final Outbox outbox;

    /** Steps side by side need the sandbox at once; one of them makes it. */
    private final WorkflowLock making = Workflow.newWorkflowLock();

    private boolean asked;
    private int losses;
    private @Nullable SandboxRef ref;

    TaskSandbox(TaskStart start, Outbox outbox) {
        this.start = start;
        this.outbox = outbox;
        TaskProgress progress = start.progress();
        if (progress != null) {
            this.ref = progress.sandbox().ref();
            this.losses = progress.sandbox().losses();
        }
    }

    SandboxRef require() {
        making.lock();
        try {
            return made();
        } finally {
            making.unlock();
        }
    }

    private SandboxRef made() {
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

    /**
     * Replaces the sandbox when a call into it failed because it is gone.
     *
     * @param used the sandbox of the call
     * @return whether the call should be made again, in the sandbox there is now
     */
    boolean replaces(SandboxRef used, ActivityFailure failure) {
        Optional<SandboxLoss> loss = SandboxLoss.of(failure);
        if (loss.isEmpty() || Workflow.getVersion(REPLACES, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return false;
        }
        making.lock();
        try {
            return replaces(used, loss.get());
        } finally {
            making.unlock();
        }
    }

    private boolean replaces(SandboxRef used, SandboxLoss loss) {
        SandboxRef known = ref;
        if (known != null && known.generation() > used.generation()) {
            return true; // another call has seen to it
        }
        if (loss.cause() == Cause.LOST && ++losses > LOSSES_MAX) {
            return false;
        }
        ref = outbox.deliverFor(events -> ActivityPolicy.sandboxCreation()
                .restoreSandbox(new RestoreRequest(
                        start.taskId(), used, loss.cause(), loss.reason(), start.traceId(), events)));
        return true;
    }

    /** Artifacts are worth having and not worth failing a task for: what cannot be had is logged. */
    void collectArtifacts() {
        if (ref == null) {
            return;
        }
        try {
            collect();
        } catch (ActivityFailure e) {
            LOG.warn("No artifacts collected", e);
        }
    }

    /** A sandbox that is lost now, too, is replaced: its checkpoint has all there is to collect. */
    private void collect() {
        boolean replaced = false;
        while (true) {
            SandboxRef in = require();
            try {
                ActivityPolicy.sandbox(in).collectArtifacts(request(in));
                return;
            } catch (ActivityFailure e) {
                if ((replaced && !collectsFromEvery()) || !replaces(in, e)) {
                    throw e;
                }
                replaced = true;
            }
        }
    }

    private static boolean collectsFromEvery() {
        return Workflow.getVersion(COLLECTS, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
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

    TaskProgress.Sandbox progress() {
        return new TaskProgress.Sandbox(ref, losses);
    }
}
