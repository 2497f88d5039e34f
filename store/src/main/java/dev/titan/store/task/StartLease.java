package dev.titan.store.task;

import java.time.Duration;

/** How long one starter may try to start a task before another is given it. */
public final class StartLease {

    /** Longer than a start request to Temporal may take, short enough that a dead starter is hardly noticed. */
    public static final Duration TIME = Duration.ofSeconds(15);

    private StartLease() {}
}
