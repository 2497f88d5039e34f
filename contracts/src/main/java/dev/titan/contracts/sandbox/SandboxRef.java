package dev.titan.contracts.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a task's sandbox is.
 *
 * @param id the sandbox
 * @param host the id of the host it runs on, which names the task queue of its calls
 * @param provider {@code docker} or {@code local}
 * @param generation counts up with every restore; calls of an older one are refused
 * @param hostAwayMax how long a call waits for a process of that host, above zero; when none has taken it by then the
 *     sandbox counts as lost. References recorded before hosts could say have none and wait {@link #HOST_AWAY_USUAL}
 */
public record SandboxRef(
        SandboxId id,
        String host,
        String provider,
        int generation,
        @Nullable Duration hostAwayMax) {

    /** The queue on which sandboxes are created. */
    public static final String CREATE_QUEUE = "titan-sandbox";

    /** Enough for a restart or an upgrade of a host. */
    public static final Duration HOST_AWAY_USUAL = Duration.ofMinutes(10);

    public SandboxRef {
        hostAwayMax = hostAwayMax == null ? HOST_AWAY_USUAL : hostAwayMax;
        if (!hostAwayMax.isPositive()) {
            throw new IllegalArgumentException("hostAwayMax is not above zero: %s".formatted(hostAwayMax));
        }
    }

    /** A sandbox on a host that may be away as long as usual. */
    public SandboxRef(SandboxId id, String host, String provider, int generation) {
        this(id, host, provider, generation, HOST_AWAY_USUAL);
    }

    @Override
    public Duration hostAwayMax() {
        return requireNonNull(hostAwayMax, "the constructor has set it");
    }

    /** Returns the queue for calls into this sandbox. */
    public String taskQueue() {
        return queueOf(host);
    }

    /** Returns the queue for calls into the sandboxes of a host. */
    public static String queueOf(String host) {
        return CREATE_QUEUE + "@" + host;
    }
}
