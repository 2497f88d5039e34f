package dev.titan.api.problem;

import dev.titan.api.trace.TraceId;
import dev.titan.contracts.json.TitanJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Writes problems straight to the response, from wherever an error comes up: a filter, the dispatcher, a handshake. The
 * client's {@code Accept} does not matter, since an error in an unwanted format beats none.
 */
public final class ProblemWriter {

    /** For what passes by itself: a restart of a server takes a few seconds. */
    private static final int RETRY_AFTER_SECONDS = 5;

    private ProblemWriter() {}

    /** Writes a problem without fields. */
    public static void write(HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail)
            throws IOException {
        write(request, response, type, detail, List.of());
    }

    /** Writes a problem; what has been sent already stays as it is. */
    public static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemType type,
            String detail,
            List<FieldError> errors)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(type.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (type.passing()) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        String trace = TraceId.of(request).value();
        var problem = new Problem(type.uri(), type.title(), type.status().value(), detail, errors, trace);
        response.getOutputStream().write(TitanJson.mapper().writeValueAsBytes(problem));
        response.flushBuffer();
    }
}
