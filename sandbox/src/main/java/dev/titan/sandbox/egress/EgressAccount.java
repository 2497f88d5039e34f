package dev.titan.sandbox.egress;

import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.NetworkPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What one sandbox has used of its limits. Thread-safe. */
final class EgressAccount {

    private final EgressLimits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytesUp = new AtomicLong();
    private final AtomicLong bytesDown = new AtomicLong();

    EgressAccount(NetworkPolicy policy) {
        this.limits = switch (policy) {
            case NetworkPolicy.Isolated() -> EgressLimits.DEFAULT;
            case NetworkPolicy.ProxyOnly(var _, var own) -> own;
            case NetworkPolicy.Restricted(var _, var _, var own) -> own;
        };
    }

    EgressLimits limits() {
        return limits;
    }

    /** Takes one of the connections; false when there is none left. */
    boolean enter() {
        if (connections.incrementAndGet() <= limits.maxConnections()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void leave() {
        connections.decrementAndGet();
    }

    /** Counts bytes that are about to be sent; false when they are too many, which then must not be. */
    boolean send(long bytes) {
        return take(bytesUp, bytes, limits.maxBytesUp());
    }

    /** Counts bytes that have been received; false when they are too many, which then must not be passed on. */
    boolean receive(long bytes) {
        return take(bytesDown, bytes, limits.maxBytesDown());
    }

    boolean isUsedUp() {
        return bytesUp.get() >= limits.maxBytesUp() || bytesDown.get() >= limits.maxBytesDown();
    }

    /** What is refused is counted all the same: who has asked for more than is left gets no more. */
    private static boolean take(AtomicLong used, long bytes, long max) {
        return used.addAndGet(bytes) <= max;
    }
}
