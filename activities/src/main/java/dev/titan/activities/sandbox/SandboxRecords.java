package dev.titan.activities.sandbox;

import dev.titan.activities.checkpoint.WorkspaceCheckpoints;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.task.TaskRepository;
import java.time.Instant;
import java.util.List;

/**
 * Where the life of sandboxes is written down.
 *
 * @param tasks what was asked, with the files to begin with
 * @param events what viewers are told
 * @param sandboxes which sandboxes there are
 * @param artifacts what tasks leave behind
 * @param ledger remembers what a workspace held in the beginning
 * @param checkpoints stored states of workspaces, and which generation may act
 */
public record SandboxRecords(
        TaskRepository tasks,
        EventLog events,
        SandboxRegistry sandboxes,
        ArtifactRepository artifacts,
        EffectLedger ledger,
        WorkspaceCheckpoints checkpoints) {

    /** Notes that a task has a sandbox, and when that ends itself unless its lease is renewed. */
    void register(TaskId task, SandboxRef sandbox, Instant expiresAt) {
        sandboxes.register(task, sandbox);
        sandboxes.renewed(sandbox.id(), expiresAt);
    }

    /** Records that a task's files are in its sandbox, together with the events that tell of it. */
    void ready(TaskId task, String traceId, SandboxRef sandbox, List<PendingEvent> told) {
        events.append(task, traceId, told, () -> sandboxes.ready(sandbox));
    }
}
