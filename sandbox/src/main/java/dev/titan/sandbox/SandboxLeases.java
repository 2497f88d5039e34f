package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sandboxes of this host alive while they are wanted and ends them when they are not. What cannot be ended now is
 * tried again by the next call. The server makes all of them every few seconds. Thread-safe.
 */
public final class SandboxLeases {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxLeases.class);

    private final SandboxProvider provider;

    /** Rounds are short; each failure is told once. */
    private final Set<String> reported = new HashSet<>();

    /** @param provider whose sandboxes are kept */
    public SandboxLeases(SandboxProvider provider) {
        this.provider = provider;
    }

    /**
     * Renews every sandbox of this host; one that fails, for it is gone or about to be, does not keep the others from it.
     *
     * @return those that were renewed, and when each ends itself if it is not renewed again
     */
    public Map<SandboxId, Instant> renewAll() {
        Map<SandboxId, Instant> ends = new HashMap<>();
        failures("renew", provider.list(), id -> ends.put(id, provider.renew(id)));
        return Map.copyOf(ends);
    }

    /**
     * Destroys the sandboxes that are past their age, and what dead processes have left half done. Asks nobody but this
     * host.
     *
     * @return what was destroyed
     */
    public List<SandboxId> endExpired() {
        provider.recover();
        List<SandboxId> expired = new ArrayList<>(provider.expired(Instant.now()));
        expired.removeAll(failures("end", expired, provider::destroy));
        return List.copyOf(expired);
    }

    /**
     * Destroys every sandbox of this host that nobody wants any more: leftovers of processes that were killed.
     *
     * @param wanted says which sandboxes belong to tasks that are still open; asked after the sandboxes are listed, for
     *     one that is made in between belongs to a task that a list made earlier does not have
     * @return what was destroyed
     */
    public List<SandboxId> reclaim(Supplier<Predicate<SandboxId>> wanted) {
        List<SandboxId> unwanted = new ArrayList<>(provider.list());
        unwanted.removeIf(wanted.get());
        unwanted.removeAll(failures("reclaim", unwanted, provider::destroy));
        return List.copyOf(unwanted);
    }

    private synchronized List<SandboxId> failures(String verb, List<SandboxId> ids, Consumer<SandboxId> action) {
        List<SandboxId> failures = new ArrayList<>();
        for (SandboxId id : ids) {
            try {
                action.accept(id);
            } catch (SandboxException e) {
                failures.add(id);
                if (reported.add(verb + id)) {
                    LOG.warn("Cannot {} sandbox {}, tried again in every round: {}", verb, id, e.getMessage());
                }
            }
        }
        reported.removeIf(
                report -> report.startsWith(verb) && failures.stream().noneMatch(id -> report.equals(verb + id)));
        return List.copyOf(failures);
    }
}
