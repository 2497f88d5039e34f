package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sandboxes of this host alive while they are wanted and ends them when they are not. The server calls it: at
 * its start {@link #reclaim} and then {@link #renewAll} several times within a lease. Thread-safe.
 */
public final class SandboxLeases {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxLeases.class);

    private final SandboxProvider provider;

    /** @param provider whose sandboxes are kept */
    public SandboxLeases(SandboxProvider provider) {
        this.provider = provider;
    }

    /**
     * Renews every sandbox of this host and returns those that could not be renewed, which are gone or about to be; one
     * that fails does not keep the others from it.
     */
    public List<SandboxId> renewAll() {
        return failures("renew", provider.list(), provider::renew);
    }

    /**
     * Destroys every sandbox of this host that nobody wants any more: leftovers of processes that were killed.
     *
     * @param wanted says which sandboxes belong to tasks that are still open; asked after the sandboxes are listed, for
     *     one that is made in between belongs to a task that a list made earlier does not have
     * @return what was destroyed
     */
    public List<SandboxId> reclaim(Supplier<Set<SandboxId>> wanted) {
        List<SandboxId> unwanted = new ArrayList<>(provider.list());
        unwanted.removeAll(wanted.get());
        unwanted.removeAll(failures("reclaim", unwanted, provider::destroy));
        return List.copyOf(unwanted);
    }

    private static List<SandboxId> failures(String verb, List<SandboxId> ids, Consumer<SandboxId> action) {
        List<SandboxId> failures = new ArrayList<>();
        for (SandboxId id : ids) {
            try {
                action.accept(id);
            } catch (SandboxException e) {
                LOG.warn("Cannot {} sandbox {}: {}", verb, id, e.getMessage());
                failures.add(id);
            }
        }
        return List.copyOf(failures);
    }
}
