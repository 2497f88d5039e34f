package dev.titan.dev.temporal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Temporal's command line program, which contains the dev server. */
public sealed interface TemporalCli {

    /** It is there. */
    record Found(Path program) implements TemporalCli {
        public Found {
            requireNonNull(program, "program is null");
        }
    }

    /**
     * It is not there and could not be fetched.
     *
     * @param reason what was tried and what the person can do, in sentences
     */
    record Missing(String reason) implements TemporalCli {
        public Missing {
            requireNonNull(reason, "reason is null");
        }
    }
}
