package dev.titan.sandbox.egress;

import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.WarmSandboxes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider whose sandboxes have their proxies. They are opened with the sandbox or when one is claimed, opened again
 * where the process that had them has died, found out by every call and every renewal, and closed with the sandbox. A provider whose sandboxes can have no proxy makes none for a
 * task whose network policy opens something.
 */
public final class EgressSandboxes implements SandboxProvider {

    private static final Logger LOG = LoggerFactory.getLogger(EgressSandboxes.class);
    private static final String ISOLATED = new NetworkPolicy.Isolated().wire();

    private final SandboxProvider provider;
    private final EgressProxies proxies;

    /**
     * @param provider makes the sandboxes; closed with this
     * @param proxies of the same provider; closed with this
     */
    public EgressSandboxes(SandboxProvider provider, EgressProxies proxies) {
        this.provider = provider;
        this.proxies = proxies;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public String isolation() {
        return provider.isolation();
    }

    @Override
    public Set<Unenforced> unenforced() {
        return provider.unenforced();
    }

    @Override
    public List<HostFact> facts() {
        return provider.facts();
    }

    @Override
    public Readiness probe() {
        return provider.probe();
    }

    @Override
    public void prepare(Consumer<String> progress) {
        provider.prepare(progress);
    }

    @Override
    public Workspace create(SandboxSpec spec) {
        if (provider.unenforced().contains(Unenforced.WAY_OUT)) {
            requireIsolated(spec.task());
        }
        Workspace workspace = provider.create(spec);
        proxies.ensure(spec.id());
        return workspace;
    }

    /** A task that is isolated although it asked for more would fail for reasons that nobody understands. */
    private void requireIsolated(TaskId task) {
        String policy = proxies.policyOf(task).map(NetworkPolicy::wire).orElse(ISOLATED);
        if (!policy.equals(ISOLATED)) {
            throw new SandboxException.Refused(
                    ("the network policy of the task is %s, and sandboxes of the provider %s have no way out; ask for the"
                                    + " policy isolated, or run the sandbox role with Docker or bubblewrap (TITAN_SANDBOX)")
                            .formatted(policy, provider.name()));
        }
    }

    @Override
    public Workspace connect(SandboxId id) {
        Workspace workspace = provider.connect(id);
        proxies.ensureOpened(id);
        return workspace;
    }

    @Override
    public void destroy(SandboxId id) {
        proxies.close(id);
        provider.destroy(id);
    }

    @Override
    public List<SandboxId> list() {
        return provider.list();
    }

    @Override
    public Instant renew(SandboxId id) {
        Instant end = provider.renew(id);
        try {
            proxies.ensure(id);
        } catch (SandboxException e) {
            // It lives, and has no way out until the next round.
            LOG.warn("{}", e.getMessage(), e);
        }
        return end;
    }

    @Override
    public List<SandboxId> expired(Instant now) {
        return provider.expired(now);
    }

    @Override
    public void recover() {
        provider.recover();
    }

    @Override
    public Optional<WarmSandboxes> pool() {
        return provider.pool();
    }

    @Override
    public void close() {
        proxies.close();
        provider.close();
    }
}
