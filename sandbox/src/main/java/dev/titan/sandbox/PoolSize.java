package dev.titan.sandbox;

/**
 * How many sandboxes wait in the pool.
 *
 * @param min so many at any time; 0 for none while nobody asks
 * @param max so many at most, 0 for no pool
 */
public record PoolSize(int min, int max) {

    /** Each costs memory and the processor's time of one start, also when nobody comes; more than this is a mistake. */
    private static final int SIZE_MAX = 1_000;

    /** One is enough for a person who tries things; four for bursts, at some 50 MB each. */
    public static final PoolSize STANDARD = new PoolSize(1, 4);

    public PoolSize {
        if (min < 0 || max < min || max > SIZE_MAX) {
            throw new IllegalArgumentException(
                    "the pool's sizes must be 0 <= min <= max <= %d: %d, %d".formatted(SIZE_MAX, min, max));
        }
    }

    /** Returns how many should wait: as many as were asked for in the busiest minute of late, within the bounds. */
    public int target(Demand demand) {
        return Math.clamp(demand.burst(), min, max);
    }
}
