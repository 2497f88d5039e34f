package dev.titan.cli;

/** The exit statuses of the command line; 0 is kept for success alone, so that scripts can trust it. */
final class ExitCode {

    static final int SUCCEEDED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int CANCELLED = 3;
    static final int WAITING = 4;
    static final int PAUSED = 5;

    private ExitCode() {}

    static int of(String status) {
        return switch (status) {
            case "succeeded" -> SUCCEEDED;
            case "cancelled" -> CANCELLED;
            case "waiting" -> WAITING;
            case "paused" -> PAUSED;
            default -> FAILED;
        };
    }
}
