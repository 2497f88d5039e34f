package dev.titan.api.event;

import dev.titan.api.auth.Caller;
import dev.titan.api.page.PageParameters;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.api.task.TaskAccess;
import dev.titan.store.task.TaskRow;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code …/events/stream}: the same as the WebSocket, as server-sent events, served by the request's own thread. */
@RestController
public final class SseController {

    private final TaskAccess access;
    private final Followers followers;

    public SseController(TaskAccess access, Followers followers) {
        this.access = access;
        this.followers = followers;
    }

    /**
     * Streams. A task that has ended and has nothing more is answered with 204, which tells a browser not to come again
     * (WHATWG HTML, server-sent events).
     *
     * @param lastEventId what a client sends that comes back; it counts more than {@code after}
     */
    @GetMapping(
            path = {"/v1/tasks/{id}/events/stream", "/tasks/{id}/events/stream"},
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        long seen = PageParameters.after(lastEventId == null ? after : lastEventId);
        if (!followers.hasRoom()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_STREAMS, "This process serves as many streams as it can. Try again later.");
        }
        TaskRow task = access.require(caller, id);
        if (task.ended() && seen >= task.lastSeq()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx would hold words back
        response.flushBuffer();
        SseClient client = new SseClient(response.getOutputStream());
        followers.serve(followers.admit(client, new StreamStart(task.id(), seen, task.ended())));
    }
}
