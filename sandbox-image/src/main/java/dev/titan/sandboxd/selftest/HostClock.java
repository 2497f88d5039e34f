package dev.titan.sandboxd.selftest;

import java.time.Duration;

/**
 * The clock is right: tokens and certificates depend on it.
 *
 * @param hostMs the host's clock when the self-test was started, in milliseconds since 1970
 */
record HostClock(long hostMs) implements Probe {

    private static final Duration APART_MAX = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String checks() {
        return "the clock agrees with the host's";
    }

    @Override
    public Verdict run() {
        Duration apart = Duration.ofMillis(System.currentTimeMillis() - hostMs);
        return apart.abs().compareTo(APART_MAX) < 0
                ? Verdict.holds("within a minute")
                : Verdict.fails("%d s apart".formatted(apart.toSeconds()));
    }
}
