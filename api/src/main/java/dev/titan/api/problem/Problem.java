package dev.titan.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;

/**
 * An error as a client sees it (RFC 9457).
 *
 * @param type what kind, for programs
 * @param title what kind, for people
 * @param status the HTTP status
 * @param detail what happened this time and what to do about it
 * @param errors what is wrong with which field; absent when no field is to blame
 * @param traceId the trace to look for in the logs: 32 hexadecimal digits
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
        String traceId) {

    public Problem {
        errors = List.copyOf(errors);
    }
}
