package dev.titan.sandbox.client;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import java.util.Optional;

/** What a provider knows about a sandbox whose daemon does not answer. */
@FunctionalInterface
public interface Liveness {

    /**
     * Returns why the sandbox is gone for good; empty when it still runs.
     *
     * @throws SandboxException.Unavailable when the provider cannot tell
     */
    Optional<String> goneBecause(SandboxId id);
}
