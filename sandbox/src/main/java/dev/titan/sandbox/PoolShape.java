package dev.titan.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * What has to be the same for a sandbox made ahead to serve a task. What a task may do over the network is not in it: that
 * is decided by what answers behind the sandbox's sockets, when it is claimed.
 *
 * @param limits what it may use
 * @param life how long it lives, counted from when it was made
 */
public record PoolShape(SandboxLimits limits, SandboxLife life) {

    /** The shape of a task that asks for nothing special. */
    public static final PoolShape STANDARD = new PoolShape(SandboxLimits.STANDARD, SandboxLife.STANDARD);

    /** While it waits and nobody looks after it: long enough for a restart of Titan, short enough to be no leftover. */
    private static final Duration WAITING_LEASE = Duration.ofMinutes(2);

    /** What waits longer is replaced, so that images and daemons do not grow old in the pool. */
    private static final Duration WAIT_MAX = Duration.ofHours(1);

    /** The age counts from the making, so waiting may take this part of it and no more. */
    private static final int WAIT_PART_OF_TTL = 8;

    /** Returns the life of one that waits: it ends soon after the last process that looked after it. */
    public SandboxLife waitingLife() {
        Duration lease = life.lease().compareTo(WAITING_LEASE) < 0 ? life.lease() : WAITING_LEASE;
        return new SandboxLife(lease, life.ttl());
    }

    /** Returns how long one may wait until it is replaced. */
    public Duration waitMax() {
        Duration part = life.ttl().dividedBy(WAIT_PART_OF_TTL);
        return part.compareTo(WAIT_MAX) < 0 ? part : WAIT_MAX;
    }

    /**
     * Returns 7 hexadecimal digits that differ for everything that differs.
     *
     * @param making what the provider makes it from, such as the image and the daemon
     */
    public String fingerprint(List<String> making) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest("%s %s".formatted(this, making).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4).substring(0, 7);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
