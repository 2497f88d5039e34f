package dev.titan.api.event;

import dev.titan.api.auth.Caller;
import dev.titan.api.page.PageParameters;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.api.problem.ProblemWriter;
import dev.titan.api.task.TaskAccess;
import dev.titan.store.task.TaskRow;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Answers what is wrong with a stream before it is one, as a problem like everywhere else. */
final class StreamHandshake implements HandshakeInterceptor {

    private final TaskAccess access;
    private final Followers followers;

    StreamHandshake(TaskAccess access, Followers followers) {
        this.access = access;
        this.followers = followers;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes)
            throws IOException {
        HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
        try {
            start(servletRequest).putInto(attributes);
            return true;
        } catch (ProblemException e) {
            var servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
            if (e.type() == ProblemType.UPGRADE_REQUIRED) {
                servletResponse.setHeader(HttpHeaders.UPGRADE, "websocket");
            }
            ProblemWriter.write(servletRequest, servletResponse, e.type(), String.valueOf(e.getMessage()), e.errors());
            return false;
        }
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {
        // Nothing was taken that would have to be given back.
    }

    private StreamStart start(HttpServletRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            throw new ProblemException(
                    ProblemType.UPGRADE_REQUIRED, "Open this address as a WebSocket, or read …/events instead.");
        }
        if (!followers.hasRoom()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_STREAMS, "This process serves as many streams as it can. Try again later.");
        }
        long after = PageParameters.after(request.getParameter("after"));
        TaskRow task = access.require(caller(), id(request));
        return new StreamStart(task.id(), after, task.ended());
    }

    private static Caller caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("a handshake without caller");
    }

    private static String id(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? String.valueOf(variables.get("id"))
                : "";
    }
}
