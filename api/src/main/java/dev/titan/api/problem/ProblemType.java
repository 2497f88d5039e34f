package dev.titan.api.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The kinds of problem a client can tell apart. */
public enum ProblemType {
    /** The request does not make sense; its errors name the fields. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is invalid"),
    /** The body is not JSON. */
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not valid JSON"),
    /** No key, or one that is not known. */
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "A valid API key is needed"),
    /** The key may not do this. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "The API key does not allow this"),
    /** There is no such thing, or it belongs to somebody else. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    /** The path exists and the method does not. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
    /** Nothing this API writes is acceptable to the client. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Nothing acceptable can be answered"),
    /** The idempotency key was used for another body. */
    IDEMPOTENCY_CONFLICT(HttpStatus.CONFLICT, "The idempotency key was used for another request"),
    /** The state of the task does not allow it. */
    STATE_CONFLICT(HttpStatus.CONFLICT, "The task does not allow this now"),
    /** The body is above the limit. */
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    /** The body is not in a format this API reads. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json"),
    /** The address is a WebSocket's. */
    UPGRADE_REQUIRED(HttpStatus.UPGRADE_REQUIRED, "This address speaks WebSocket"),
    /** A bug; the logs have more under the trace id. */
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    /** Temporal does not answer; the same request may work soon. */
    TEMPORAL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Temporal does not answer"),
    /** The database does not answer; the same request may work soon. */
    STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
    /** This process has as many streams open as it can serve. */
    TOO_MANY_STREAMS(HttpStatus.SERVICE_UNAVAILABLE, "Too many streams are open");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Returns the HTTP status. */
    public HttpStatus status() {
        return status;
    }

    /** Returns the same words for every occurrence (RFC 9457 §3.1.3). */
    public String title() {
        return title;
    }

    /** Returns the name clients compare, such as {@code urn:titan:problem:not_found}. */
    public URI uri() {
        return URI.create("urn:titan:problem:" + name().toLowerCase(Locale.ROOT));
    }

    /** Returns whether trying again later makes sense. */
    public boolean passing() {
        return status == HttpStatus.SERVICE_UNAVAILABLE;
    }

    /** Returns the type that says most about a bare HTTP status. */
    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            default -> status.is4xxClientError() ? INVALID_REQUEST : INTERNAL;
        };
    }
}
