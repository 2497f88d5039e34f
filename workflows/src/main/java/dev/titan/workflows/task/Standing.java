package dev.titan.workflows.task;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskStatus;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the task runs, waits for a person or is paused, and the events that tell its users. */
final class Standing {

    /** Since this change Temporal is told, too, when nobody is asked any more. */
    private static final String NOBODY_IS_ASKED = "nobody-is-asked";

    private final Outbox outbox;
    private final List<TaskReason> waits = new ArrayList<>();
    private boolean paused;
    private int changes;

    Standing(TaskStart start, Outbox outbox) {
        this.outbox = outbox;
        TaskProgress progress = start.progress();
        if (progress != null) {
            this.paused = progress.steering().paused() || progress.steering().budgetReached();
            this.changes = progress.steering().changes();
        }
    }

    /** The event that says so is recorded with the question itself. */
    void waitsFor(TaskReason reason) {
        waits.add(reason);
        report();
    }

    /** @param open what a person still has to say: others may have been asked that nobody waits for yet */
    void waitIsOver(TaskReason reason, @Nullable TaskReason open) {
        waits.remove(reason);
        if (!paused) {
            goesOn(open);
        }
    }

    /** Those whom the run before has asked are not waited for any more; the next activity records it. */
    void nobodyIsAsked() {
        if (!paused) {
            outbox.add(key("resumed"), new TaskEvent.Resumed(null));
            if (Workflow.getVersion(NOBODY_IS_ASKED, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
                report();
            }
        }
    }

    void pauses(TaskReason reason) {
        paused = true;
        outbox.add(key("paused"), new TaskEvent.Paused(reason));
        report();
    }

    /** @param open what a person still has to say, who may have been asked by the run before */
    void resumes(@Nullable TaskReason open) {
        paused = false;
        goesOn(open);
    }

    private void goesOn(@Nullable TaskReason waitingFor) {
        outbox.add(key("resumed"), new TaskEvent.Resumed(waitingFor));
        report();
    }

    private void report() {
        ProgressReport.status(paused ? TaskStatus.PAUSED : waits.isEmpty() ? TaskStatus.RUNNING : TaskStatus.WAITING);
    }

    /** Returns a key for an event of that kind, different every time. */
    String key(String kind) {
        return "%s/%d".formatted(kind, ++changes);
    }

    int changes() {
        return changes;
    }
}
