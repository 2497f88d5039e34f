package dev.titan.dev.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** A child did not come up. The message ends with the last lines it wrote and the place of its log. */
public final class ChildFailedException extends Exception {

    private final transient Path log;

    ChildFailedException(String message, Path log) {
        super(message);
        this.log = requireNonNull(log, "log is null");
    }

    /** Returns the child's log file. */
    public Path log() {
        return log;
    }
}
