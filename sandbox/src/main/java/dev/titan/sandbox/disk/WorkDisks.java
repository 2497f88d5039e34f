package dev.titan.sandbox.disk;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.HostFact;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether workspaces are kept on disk on this host: as the deployment wants, found out once by trying. Thread-safe. */
public final class WorkDisks {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDisks.class);

    private final WorkStorage wanted;
    private final Path directory;
    private Optional<String> obstacle = Optional.empty();
    private boolean tried;

    /**
     * @param wanted what the deployment wants
     * @param directory where a trial may be made
     */
    public WorkDisks(WorkStorage wanted, Path directory) {
        this.wanted = wanted;
        this.directory = directory;
    }

    /**
     * Returns whether they are.
     *
     * @throws SandboxException.Refused when they must be and cannot
     */
    public boolean areUsed() {
        return switch (wanted) {
            case MEMORY -> false;
            case AUTO -> obstacle().isEmpty();
            case DISK -> {
                obstacle().ifPresent(reason -> {
                    throw new SandboxException.Refused(
                            "workspaces must be on disk (titan.sandbox.workspace) and cannot: " + reason);
                });
                yield true;
            }
        };
    }

    /** Notes that they cannot be used after all. */
    public synchronized void giveUp(String reason) {
        LOG.warn("Workspaces are kept in memory from now on: {}", reason);
        obstacle = Optional.of(reason);
        tried = true;
    }

    /** Returns where workspaces are, for people. */
    public HostFact fact() {
        return wanted == WorkStorage.MEMORY
                ? HostFact.plain("workspaces", "in memory, as configured")
                : obstacle()
                        .map(reason -> HostFact.lacking(
                                "workspaces",
                                "in memory",
                                "they share the sandbox's memory; no disk because: " + reason))
                        .orElseGet(() -> HostFact.plain("workspaces", "on disk, a loop device each"));
    }

    private synchronized Optional<String> obstacle() {
        if (!tried) {
            obstacle = WorkDisk.trial(directory);
            tried = true;
        }
        return obstacle;
    }
}
