package dev.titan.dev.temporal;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/** The Temporal service of the embedded default. */
public sealed interface TemporalService {

    /** Temporal's own dev server with its database in a file and its UI: runs survive restarts. */
    record Persistent(String target, URI ui) implements TemporalService {
        public Persistent {
            requireNonNull(target, "target is null");
            requireNonNull(ui, "ui is null");
        }

        @Override
        public String banner() {
            return "Temporal " + target + " · UI " + ui;
        }
    }

    /**
     * The in-memory server of Temporal's test kit, in this process: the last resort where no CLI can be had.
     *
     * @param reason why there is no dev server, with the remedy
     */
    record InMemory(String target, String reason) implements TemporalService {
        public InMemory {
            requireNonNull(target, "target is null");
            requireNonNull(reason, "reason is null");
        }

        @Override
        public String banner() {
            return "Temporal in memory: RUNS WILL NOT SURVIVE A RESTART. " + reason;
        }
    }

    /** Returns host and port of the gRPC frontend; the namespace is {@code default}. */
    String target();

    /** Returns one line that tells the person at the terminal what they got. */
    String banner();
}
