package dev.titan.contracts.network;

/**
 * How much a sandbox may move through its proxy. The proxy counts anew when the process that runs it starts anew.
 *
 * @param maxBytesUp bytes sent, over the life of the sandbox
 * @param maxBytesDown bytes received, over the life of the sandbox
 * @param maxConnections connections at once
 * @param maxIdleSeconds after which a connection on which nothing moves is cut
 */
public record EgressLimits(long maxBytesUp, long maxBytesDown, int maxConnections, int maxIdleSeconds) {

    private static final long MEBIBYTE = 1L << 20;

    /** A task downloads; what it has to give away it leaves in the workspace. */
    public static final long DEFAULT_MAX_BYTES_UP = 64 * MEBIBYTE;

    /** The dependencies of a large project. */
    public static final long DEFAULT_MAX_BYTES_DOWN = 2048 * MEBIBYTE;

    /** A package manager opens up to 50. */
    public static final int DEFAULT_MAX_CONNECTIONS = 64;

    /** A slow answer takes that long; a forgotten connection takes longer. */
    public static final int DEFAULT_MAX_IDLE_SECONDS = 60;

    /** One tebibyte: a number a person may mean. */
    public static final long BYTES_MAX = 1L << 40;

    /** What the forwarder inside the sandbox carries. */
    public static final int CONNECTIONS_MAX = 128;

    public static final int IDLE_SECONDS_MAX = 600;

    public static final EgressLimits DEFAULT = new EgressLimits(
            DEFAULT_MAX_BYTES_UP, DEFAULT_MAX_BYTES_DOWN, DEFAULT_MAX_CONNECTIONS, DEFAULT_MAX_IDLE_SECONDS);

    public EgressLimits {
        check("max_bytes_up", maxBytesUp, 0, BYTES_MAX);
        check("max_bytes_down", maxBytesDown, 0, BYTES_MAX);
        check("max_connections", maxConnections, 1, CONNECTIONS_MAX);
        check("max_idle_seconds", maxIdleSeconds, 1, IDLE_SECONDS_MAX);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be %,d–%,d, not %,d".formatted(name, min, max, value));
        }
    }
}
