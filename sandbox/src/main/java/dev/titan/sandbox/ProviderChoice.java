package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import java.util.ArrayList;
import java.util.List;

/** Which provider a host uses: the first that is ready. There is no way to run without a sandbox. */
public final class ProviderChoice {

    private ProviderChoice() {}

    /**
     * Returns the first provider that is ready, in the given order.
     *
     * @throws SandboxException.Refused when none is; the message has the reason and the remedy of each
     */
    public static SandboxProvider firstReady(List<? extends SandboxProvider> providers) {
        List<String> reasons = new ArrayList<>();
        for (SandboxProvider provider : providers) {
            switch (provider.probe()) {
                case Readiness.Ready ready -> {
                    return provider;
                }
                case Readiness.Missing(String reason, String remedy) ->
                    reasons.add("%s: %s (remedy: %s)".formatted(provider.name(), reason, remedy));
            }
        }
        throw new SandboxException.Refused("this host has no sandbox. " + String.join("; ", reasons));
    }
}
