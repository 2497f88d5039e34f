package dev.titan.activities.sandbox;

import dev.titan.activities.tool.Workspaces;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;

/**
 * This host and what makes its sandboxes. Thread-safe.
 *
 * @param provider makes sandboxes here
 * @param host the id of this host
 */
public record SandboxHost(SandboxProvider provider, HostId host) implements Workspaces {

    @Override
    public Workspace open(SandboxRef sandbox) {
        if (!sandbox.host().equals(host.value())) {
            throw new SandboxException.Lost(
                    sandbox.id(), "it is on host %s, and this is %s".formatted(sandbox.host(), host));
        }
        if (!sandbox.provider().equals(provider.name())) {
            throw new SandboxException.Lost(
                    sandbox.id(),
                    "%s made it, and this host now uses %s".formatted(sandbox.provider(), provider.name()));
        }
        return provider.connect(sandbox.id());
    }

    /** Returns how a sandbox that is made here is named everywhere. */
    SandboxRef refOf(SandboxSpec spec, int generation) {
        return new SandboxRef(spec.id(), host.value(), provider.name(), generation);
    }
}
