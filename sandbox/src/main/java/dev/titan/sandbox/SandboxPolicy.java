package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a sandbox must be. A host that gives less refuses to make one: a limit that is not kept is worse than none at all,
 * because somebody relies on it.
 *
 * @param isolation what must separate it from the host, at least
 * @param required the limits and guards that must be kept
 */
public record SandboxPolicy(Isolation isolation, Set<Unenforced> required) {

    /** Whatever the host can do. */
    public static final SandboxPolicy ANY = new SandboxPolicy(Isolation.PROCESS, Set.of());

    public SandboxPolicy {
        required = Set.copyOf(required);
    }

    /** Returns what a provider lacks of it on this host, for people; nothing when it is met. */
    public List<String> missingFrom(SandboxProvider provider) {
        List<String> missing = new ArrayList<>();
        if (Isolation.of(provider.isolation()).compareTo(isolation) < 0) {
            missing.add("isolation %s (it gives %s)".formatted(isolation.label(), provider.isolation()));
        }
        if (!required.isEmpty()) {
            Set<Unenforced> unenforced = provider.unenforced();
            required.stream()
                    .filter(unenforced::contains)
                    .sorted()
                    .map(SandboxPolicy::words)
                    .forEach(missing::add);
        }
        return List.copyOf(missing);
    }

    /**
     * Returns when a provider gives all of it.
     *
     * @throws SandboxException.Refused when it does not; the message names what is missing
     */
    public void demandOf(SandboxProvider provider) {
        List<String> missing = missingFrom(provider);
        if (!missing.isEmpty()) {
            throw new SandboxException.Refused("the policy demands more than the provider %s gives on this host: %s"
                    .formatted(provider.name(), String.join(", ", missing)));
        }
    }

    private static String words(Unenforced guard) {
        return switch (guard) {
            case MEMORY -> "a limit on memory";
            case CPUS -> "a limit on processors";
            case PROCESSES -> "a limit on processes";
            case WORK_BYTES -> "a limit on the size of the workspace";
            case WORK_FILES -> "a limit on the number of files in the workspace";
            case TMP_PROGRAMS -> "a /tmp from which no program starts";
            case OWN_USER -> "a user of its own";
            case SYSTEM_CALLS -> "a filter of system calls";
            case NETWORK -> "no network";
            case WAY_OUT -> "a way out to the hosts that a task's network policy opens";
        };
    }
}
