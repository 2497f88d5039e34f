package dev.titan.cli;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The server could not do what was asked; the message is for the person at the terminal. */
abstract sealed class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ApiException(String message) {
        super(message);
    }

    /** Nobody answers, or not in time; the same may work later. */
    static final class Unreachable extends ApiException {

        private static final long serialVersionUID = 1L;

        private final boolean answered;

        Unreachable(String message) {
            this(message, false);
        }

        private Unreachable(String message, boolean answered) {
            super(message);
            this.answered = answered;
        }

        /** Returns whether somebody has answered and says so. */
        boolean answered() {
            return answered;
        }
    }

    /** The server answered and refused; repeating does not help. */
    static final class Refused extends ApiException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Reads an error's body, most often a problem (RFC 9457), into one line that names every wrong field. */
    static ApiException of(int status, JsonNode problem) {
        StringJoiner text = new StringJoiner("; ");
        text.add(problem.path("detail").asString(problem.path("title").asString("the server answered " + status)));
        for (JsonNode error : problem.path("errors")) {
            text.add("%s %s"
                    .formatted(
                            error.path("field").asString(""),
                            error.path("reason").asString("")));
        }
        if (status == 401) {
            text.add("set TITAN_API_KEY or use --api-key");
        }
        return status == 502 || status == 503 || status == 504
                ? new Unreachable(text.toString(), true)
                : new Refused(text.toString());
    }
}
