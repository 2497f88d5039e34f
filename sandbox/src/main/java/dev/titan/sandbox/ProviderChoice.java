package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import java.util.ArrayList;
import java.util.List;

/** Which provider a host uses: the first that is ready. There is no way to run without a sandbox. */
public final class ProviderChoice {

    private ProviderChoice() {}

    /** Returns the first provider that is ready, whatever it gives. */
    public static SandboxProvider firstReady(List<? extends SandboxProvider> providers) {
        return firstReady(providers, SandboxPolicy.ANY);
    }

    /**
     * Returns the first provider that is ready and gives what the policy demands, in the given order.
     *
     * @throws SandboxException.Refused when there is none; the message has the reason and the remedy of each
     */
    public static SandboxProvider firstReady(List<? extends SandboxProvider> providers, SandboxPolicy policy) {
        List<String> reasons = new ArrayList<>();
        for (SandboxProvider provider : providers) {
            switch (provider.probe()) {
                case Readiness.Ready _ -> {
                    List<String> missing = policy.missingFrom(provider);
                    if (missing.isEmpty()) {
                        return provider;
                    }
                    reasons.add("%s lacks %s".formatted(provider.name(), String.join(", ", missing)));
                }
                case Readiness.Missing(String reason, String remedy) ->
                    reasons.add("%s: %s (remedy: %s)".formatted(provider.name(), reason, remedy));
            }
        }
        throw new SandboxException.Refused("this host has no sandbox%s. "
                        .formatted(policy.equals(SandboxPolicy.ANY) ? "" : " as the policy demands")
                + String.join("; ", reasons));
    }
}
