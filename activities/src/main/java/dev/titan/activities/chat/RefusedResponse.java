package dev.titan.activities.chat;

import dev.langchain4j.exception.HttpException;
import java.util.List;
import java.util.Map;

/** A response with an error status and, unlike langchain4j's own exception, its headers. */
final class RefusedResponse extends HttpException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an immutable map of the JDK is serializable
    private final Map<String, List<String>> headers;

    RefusedResponse(int status, String body, Map<String, List<String>> headers) {
        super(status, body);
        this.headers = Map.copyOf(headers);
    }

    /** Returns the headers, names in lower case. */
    Map<String, List<String>> headers() {
        return headers;
    }
}
