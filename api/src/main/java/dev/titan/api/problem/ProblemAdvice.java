package dev.titan.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever ends a request into a problem; nothing of the inside shows but the trace id. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(ProblemException.class)
    void problem(ProblemException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, e.type(), messageOf(e), e.errors());
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    void store(Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemType type = StoreFailures.typeOf(e);
        LOG.warn("The store failed a request", e);
        ProblemWriter.write(request, response, type, detail(type));
    }

    /** The client has gone; there is nobody to answer. */
    @ExceptionHandler(IOException.class)
    void connection(IOException e) {
        LOG.debug("The connection broke off", e);
    }

    @ExceptionHandler(RuntimeException.class)
    void bug(RuntimeException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.error("A request failed", e);
        ProblemWriter.write(request, response, ProblemType.INTERNAL, detail(ProblemType.INTERNAL));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "parameter";
        Class<?> type = e.getRequiredType();
        String reason =
                "must be %s, not '%s'".formatted(type == null ? "something else" : type.getSimpleName(), e.getValue());
        return write(request, ProblemType.INVALID_REQUEST, "'%s' %s".formatted(name, reason), name, reason);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletResponse response = response(request);
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        ProblemType type = ProblemType.of(status);
        String detail = switch (e) {
            case NoResourceFoundException missing -> "There is nothing at this address.";
            case HttpRequestMethodNotSupportedException method ->
                "%s is not allowed here; allowed: %s.".formatted(method.getMethod(), method.getSupportedHttpMethods());
            case HttpMediaTypeNotSupportedException media ->
                "The body must be application/json, not %s.".formatted(media.getContentType());
            default -> type == ProblemType.INTERNAL ? detail(type) : type.title() + ".";
        };
        if (type == ProblemType.INTERNAL) {
            LOG.error("A request failed", e);
        }
        return write(request, type, detail, List.of());
    }

    static String detail(ProblemType type) {
        return type.passing()
                ? "%s. Try again in a moment.".formatted(type.title())
                : "%s. The server's log says more under this trace id.".formatted(type.title());
    }

    private static String messageOf(ProblemException e) {
        String message = e.getMessage();
        return message == null ? e.type().title() : message;
    }

    private static @Nullable ResponseEntity<Object> write(
            WebRequest request, ProblemType type, String detail, String field, String reason) {
        return write(request, type, detail, List.of(new FieldError(field, reason)));
    }

    private static @Nullable ResponseEntity<Object> write(
            WebRequest request, ProblemType type, String detail, List<FieldError> errors) {
        try {
            ProblemWriter.write(((ServletWebRequest) request).getRequest(), response(request), type, detail, errors);
        } catch (IOException gone) {
            LOG.debug("The connection broke off", gone);
        }
        return null;
    }

    private static HttpServletResponse response(WebRequest request) {
        HttpServletResponse response = ((ServletWebRequest) request).getResponse();
        if (response == null) {
            throw new IllegalStateException("a request without response: " + request.getDescription(false));
        }
        return response;
    }
}
