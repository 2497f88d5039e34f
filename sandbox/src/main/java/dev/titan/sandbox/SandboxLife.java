package dev.titan.sandbox;

import java.time.Duration;

/**
 * How long a sandbox lives when nobody ends it. Its own daemon keeps both, so they hold with every Titan process dead.
 *
 * @param lease time without a request or a renewal after which it ends itself
 * @param ttl age at which it ends itself in any case
 */
public record SandboxLife(Duration lease, Duration ttl) {

    /** The lease bridges an outage or a slow restart of Titan; the age is above any task that does not wait for people. */
    public static final SandboxLife STANDARD = new SandboxLife(Duration.ofHours(1), Duration.ofDays(7));

    public SandboxLife {
        if (!lease.isPositive() || ttl.compareTo(lease) < 0) {
            throw new IllegalArgumentException(
                    "lease must be positive and within the ttl: %s, %s".formatted(lease, ttl));
        }
    }
}
