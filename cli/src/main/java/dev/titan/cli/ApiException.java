package dev.titan.cli;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The server refused, or did not answer; the message is for the person at the terminal. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ApiException(String message) {
        super(message);
    }

    /** Reads a problem (RFC 9457) into one line. */
    static ApiException refused(int status, JsonNode problem) {
        StringJoiner text = new StringJoiner("; ");
        text.add(problem.path("detail").asString(problem.path("title").asString("the server answered " + status)));
        for (JsonNode error : problem.path("errors")) {
            text.add("%s: %s"
                    .formatted(
                            error.path("field").asString(""),
                            error.path("reason").asString("")));
        }
        return new ApiException(text.toString());
    }
}
