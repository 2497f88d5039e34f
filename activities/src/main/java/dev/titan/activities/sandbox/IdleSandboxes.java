package dev.titan.activities.sandbox;

import dev.titan.activities.checkpoint.CheckpointDraft;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.sandbox.SandboxRow;
import dev.titan.store.sandbox.WorkspaceRepository;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the sandboxes of this host that nobody has used for a while: a checkpoint, then the end. The next call into one
 * finds it hibernated, and the loop restores it. Thread-safe.
 */
public final class IdleSandboxes {

    private static final Logger LOG = LoggerFactory.getLogger(IdleSandboxes.class);

    /** Nothing that belongs to a request happens here. */
    private static final String NO_TRACE = "0".repeat(32);

    private final SandboxHost host;
    private final SandboxRecords records;
    private final WorkspaceRepository workspaces;
    private final Duration grace;

    /** @param grace time without a call after which a sandbox is stopped */
    public IdleSandboxes(SandboxHost host, SandboxRecords records, WorkspaceRepository workspaces, Duration grace) {
        this.host = host;
        this.records = records;
        this.workspaces = workspaces;
        this.grace = grace;
    }

    /** Stops those that are idle now; one that cannot be stopped stays as it is. Returns how many were. */
    public int hibernate() {
        int stopped = 0;
        for (SandboxRow row : workspaces.idle(host.host().value(), grace)) {
            try {
                stopped += hibernate(row.task(), row.sandbox()) ? 1 : 0;
            } catch (SandboxException e) {
                LOG.warn("The idle sandbox {} goes on: {}", row.sandbox().id(), e.getMessage());
            }
        }
        return stopped;
    }

    /** A call that comes in between keeps it; one that comes later finds it hibernated. */
    private boolean hibernate(TaskId task, SandboxRef sandbox) {
        return switch (records.checkpoints().draft(task, host.open(sandbox), () -> {})) {
            case CheckpointDraft.None() -> false;
            case CheckpointDraft.TooLarge(String message) -> {
                LOG.info("The idle sandbox {} goes on: its workspace {}", sandbox.id(), message);
                yield false;
            }
            case CheckpointDraft.Unchanged unchanged -> stop(task, sandbox, unchanged);
            case CheckpointDraft.Changed changed -> stop(task, sandbox, changed);
        };
    }

    private boolean stop(TaskId task, SandboxRef sandbox, CheckpointDraft draft) {
        AtomicBoolean idle = new AtomicBoolean();
        records.events().append(task, NO_TRACE, List.of(), () -> {
            if (workspaces.hibernate(task, sandbox, grace)) {
                records.checkpoints().commit(draft, task, sandbox, null);
                idle.set(true);
            }
        });
        if (idle.get()) {
            host.provider().destroy(sandbox.id());
            records.sandboxes().destroyed(sandbox.id());
        }
        return idle.get();
    }
}
