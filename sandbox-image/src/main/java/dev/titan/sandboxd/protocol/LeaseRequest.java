package dev.titan.sandboxd.protocol;

/**
 * Renews a sandbox's lease.
 *
 * @param leaseMs milliseconds without any request after which the daemon ends itself and everything it started; positive
 */
public record LeaseRequest(long leaseMs) {

    public LeaseRequest {
        if (leaseMs <= 0) {
            throw new IllegalArgumentException("lease_ms must be positive, not " + leaseMs);
        }
    }
}
