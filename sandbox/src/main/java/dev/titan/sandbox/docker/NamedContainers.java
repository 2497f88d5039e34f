package dev.titan.sandbox.docker;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.WarmId;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.directory.WarmPlace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers under the names of their sandboxes. That of a claimed one is renamed a moment after the claim: the engine
 * writes the name to disk, which takes longer than all the rest of it. Until then it has the name it was made by, which its
 * sandbox's record says. Who looks for both names looks for the old one first, and so misses none that is renamed meanwhile.
 */
final class NamedContainers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NamedContainers.class);

    private final SandboxContainers containers;
    private final SandboxDirectories directories;
    private final ExecutorService renames = Executors.newVirtualThreadPerTaskExecutor();

    NamedContainers(SandboxContainers containers, SandboxDirectories directories) {
        this.containers = containers;
        this.directories = directories;
    }

    /** Gives the container of a claimed sandbox its name, soon. */
    void renameLater(SandboxRecord claimed) {
        renames.execute(() -> rename(claimed));
    }

    /** Returns why a sandbox's container is gone; empty while it runs or is about to. */
    Optional<String> goneBecause(SandboxId id) {
        boolean runsUnderItsOldName = madeAs(id)
                .filter(madeAs -> containers.goneBecause(madeAs).isEmpty())
                .isPresent();
        return runsUnderItsOldName ? Optional.empty() : containers.goneBecause(id);
    }

    /** Removes a sandbox's container and returns when it is gone; harmless when there is none. */
    void remove(SandboxId id) {
        madeAs(id).ifPresent(containers::remove);
        containers.remove(id);
    }

    /**
     * Renames what a process did not come to before it died, and ends containers of the pool that have lost their places.
     *
     * @param end ends a sandbox of the pool, unless it has a task
     */
    void recover(Consumer<SandboxId> end) {
        List<SandboxId> named = containers.list();
        Set<SandboxId> waiting =
                directories.waiting().stream().map(WarmPlace::id).collect(Collectors.toSet());
        List<SandboxId> warm = named.stream()
                .filter(id -> WarmId.of(id).isPresent() && !waiting.contains(id))
                .toList();
        if (!warm.isEmpty()) {
            directories.list().stream()
                    .filter(record -> warm.contains(record.madeAs()))
                    .forEach(this::rename);
            warm.forEach(end);
        }
    }

    private void rename(SandboxRecord claimed) {
        try {
            containers.rename(claimed.madeAs(), claimed.id());
        } catch (SandboxException e) {
            LOG.debug("The container of {} is not renamed yet; the next round does it", claimed.id(), e);
        }
    }

    private Optional<SandboxId> madeAs(SandboxId id) {
        return directories.find(id).filter(SandboxRecord::isFromPool).map(SandboxRecord::madeAs);
    }

    /** Waits for renames that are going on. */
    @Override
    public void close() {
        renames.close();
    }
}
