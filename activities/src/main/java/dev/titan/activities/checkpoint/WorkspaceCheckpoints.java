package dev.titan.activities.checkpoint;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.checkpoint.CheckpointRestore;
import dev.titan.sandbox.checkpoint.CheckpointTaking;
import dev.titan.sandbox.checkpoint.Taken;
import dev.titan.store.artifact.BlobStore;
import dev.titan.store.checkpoint.CheckpointRepository;
import dev.titan.store.checkpoint.LatestState;
import dev.titan.store.checkpoint.StoredCheckpoint;
import dev.titan.store.effect.Coverage;
import dev.titan.store.sandbox.WorkspaceRepository;
import dev.titan.store.sandbox.WorkspaceState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a sandbox and what is written about it: only the current generation may act, one call writes at a
 * time, and what a call changed is in a checkpoint before the call counts as done. Methods that say so want the lock of
 * the task's row, which {@link dev.titan.store.event.EventLog#append} holds. Thread-safe.
 */
public final class WorkspaceCheckpoints {

    private final WorkspaceRepository workspaces;
    private final CheckpointRepository checkpoints;
    private final BlobStore blobs;
    private final Checkpointing checkpointing;

    public WorkspaceCheckpoints(
            WorkspaceRepository workspaces,
            CheckpointRepository checkpoints,
            BlobStore blobs,
            Checkpointing checkpointing) {
        this.workspaces = workspaces;
        this.checkpoints = checkpoints;
        this.blobs = blobs;
        this.checkpointing = checkpointing;
    }

    /**
     * Returns when a sandbox may act, and notes that it does. Under the lock of the task's row.
     *
     * @return what the next result has to tell its reader
     * @throws SandboxException.Lost when a later generation has taken its place
     * @throws SandboxException.Hibernated when it was stopped because nobody used it
     */
    public Optional<String> admit(TaskId task, SandboxRef sandbox) {
        WorkspaceState state = workspaces.use(task);
        requireAdmitted(state, sandbox);
        return Optional.ofNullable(state.notice());
    }

    /**
     * Lets a call write in its workspace, unless another one does. Under the lock of the task's row.
     *
     * @return what the workspace is compared with after the call; empty while another one writes
     * @throws SandboxException as {@link #admit} does
     */
    public Optional<LatestState> enter(EffectId effect, SandboxRef sandbox) {
        WorkspaceRepository.Entry entry = workspaces.enter(effect);
        requireAdmitted(entry.state(), sandbox);
        return entry.writes() ? Optional.of(entry.latest()) : Optional.empty();
    }

    private static void requireAdmitted(WorkspaceState state, SandboxRef sandbox) {
        if (state.generation() > sandbox.generation()) {
            throw new SandboxException.Lost(
                    sandbox.id(),
                    "it is of generation %d, and generation %d has taken its place"
                            .formatted(sandbox.generation(), state.generation()));
        }
        if (state.hibernated()) {
            throw new SandboxException.Hibernated(sandbox.id());
        }
    }

    /**
     * Looks at a workspace in which no call writes, and stores what is new in it.
     *
     * @param betweenTransfers may throw to give up
     */
    public CheckpointDraft draft(TaskId task, Workspace workspace, Runnable betweenTransfers) {
        return draft(checkpoints.latest(task), workspace, betweenTransfers);
    }

    /**
     * Looks at a workspace and stores what is new in it.
     *
     * @param latest what {@link #enter} returned to the call that looks
     * @param betweenTransfers may throw to give up
     */
    public CheckpointDraft draft(LatestState latest, Workspace workspace, Runnable betweenTransfers) {
        if (checkpointing == Checkpointing.OFF) {
            return new CheckpointDraft.None();
        }
        Taken taken = new CheckpointTaking(
                        workspace.snapshots(), new StoredBlobs(blobs, latest.organisation()), betweenTransfers)
                .take(latest.fingerprint());
        return switch (taken) {
            case Taken.Unchanged() -> new CheckpointDraft.Unchanged(latest.number());
            case Taken.Stored(var manifest) -> new CheckpointDraft.Changed(manifest);
            case Taken.TooLarge(String message) -> new CheckpointDraft.TooLarge(message);
        };
    }

    /**
     * Makes a draft a checkpoint. Under the lock of the task's row.
     *
     * @param effect the call whose changes it holds; absent for the one before any call
     * @return what the workspace is held by
     */
    public Coverage commit(CheckpointDraft draft, TaskId task, SandboxRef sandbox, @Nullable EffectId effect) {
        return switch (draft) {
            case CheckpointDraft.None() -> new Coverage.None();
            case CheckpointDraft.TooLarge(String _) -> new Coverage.Beyond();
            case CheckpointDraft.Unchanged(int number) -> new Coverage.ByCheckpoint(number);
            case CheckpointDraft.Changed(var manifest) ->
                new Coverage.ByCheckpoint(checkpoints.save(task, sandbox.generation(), manifest, effect));
        };
    }

    /** Notes that the reader was told. Under the lock of the task's row. */
    public void told(TaskId task) {
        workspaces.clearNotice(task);
    }

    /**
     * Makes a generation the only one that may act. Under the lock of the task's row.
     *
     * @param reason why the one before may not any more, for the reader of the next result
     * @throws SandboxException.Lost when a later one may act already
     */
    public void raise(TaskId task, SandboxRef before, String reason) {
        int uncovered = checkpoints.uncovered(task);
        String loss = uncovered == 0
                ? "Files are as they were before this call."
                : "Files are as they were at the last checkpoint; what %d later calls changed is gone, because the workspace was too large for a checkpoint."
                        .formatted(uncovered);
        String notice =
                "Note: %s, and the sandbox was rebuilt. %s Processes in the background are gone; start them again if they are needed."
                        .formatted(reason, loss);
        if (!workspaces.raise(task, before.generation() + 1, notice)) {
            throw new SandboxException.Lost(before.id(), "it was replaced, and so was its replacement");
        }
    }

    /**
     * Puts the newest checkpoint into the workspace of a new sandbox.
     *
     * @return its number; empty when there is none, and nothing has been done that it would have to hold
     * @throws SandboxException.Unrestorable when it is damaged, or missing
     */
    public Optional<Integer> restore(TaskId task, Workspace workspace, Runnable betweenTransfers) {
        Optional<StoredCheckpoint> newest = checkpoints.newest(task);
        newest.ifPresent(checkpoint -> new CheckpointRestore(
                        workspace.snapshots(), new StoredBlobs(blobs, checkpoint.organisation()), betweenTransfers)
                .restore(checkpoint.manifest()));
        return newest.map(StoredCheckpoint::number);
    }

    /** Throws when there is no checkpoint and there would have to be one. */
    public void requireRestorable(TaskId task, String reason) {
        if (checkpoints.newest(task).isEmpty() && checkpoints.uncovered(task) > 0) {
            throw new SandboxException.Unrestorable(
                    "%s, and no checkpoint holds what was done in its workspace".formatted(reason));
        }
    }
}
