package dev.titan.activities.sandbox;

import dev.titan.activities.checkpoint.CheckpointDraft;
import dev.titan.activities.heartbeat.Detaching;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.task.TaskRow;
import java.util.List;

/**
 * The state in which a task finds its workspace: the files of the request and what its setup has made, or those of the
 * moment from which it goes on. It is the first checkpoint, so that a setup runs once.
 *
 * @param records where it is written down
 * @param sandbox the sandbox
 * @param workspace its workspace
 */
record FirstState(SandboxRecords records, SandboxRef sandbox, Workspace workspace) {

    /** Puts it there and records the events together with the checkpoint. Repeating it changes nothing. */
    void prepare(TaskId task, String traceId, List<PendingEvent> events, Runnable check) {
        TaskRow asked =
                records.tasks().find(task).orElseThrow(() -> new IllegalArgumentException("no such task: " + task));
        Inheritance inherited = asked.inheritance();
        if (inherited != null && inherited.files()) {
            records.checkpoints().restore(task, workspace, check);
            records.ready(task, traceId, sandbox, events);
            return;
        }
        boolean seeded = new Seeding(task, workspace).seed(asked.request(), chunk -> Detaching.check(check));
        if (!seeded) {
            records.ready(task, traceId, sandbox, events);
            return;
        }
        CheckpointDraft draft = records.checkpoints().draft(task, workspace, check);
        Baseline baseline = Baseline.of(new WorkspaceFiles(workspace).list(check));
        records.events().append(task, traceId, events, () -> {
            records.checkpoints().admit(task, sandbox);
            records.checkpoints().commit(draft, task, sandbox, null);
            baseline.keep(records.ledger(), task);
            records.sandboxes().ready(sandbox);
        });
    }
}
