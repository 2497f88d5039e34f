package dev.titan.api.event;

import dev.titan.api.auth.Caller;
import dev.titan.api.page.PageParameters;
import dev.titan.api.task.TaskAccess;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.event.EventLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code …/events}: the log in pages. */
@RestController
@RequestMapping(
        path = {"/v1/tasks/{id}/events", "/tasks/{id}/events"},
        produces = MediaType.APPLICATION_JSON_VALUE)
public final class EventController {

    private static final PageParameters PAGES = new PageParameters(100, EventLog.READ_MAX - 1);

    private final TaskAccess access;
    private final EventLog log;

    public EventController(TaskAccess access, EventLog log) {
        this.access = access;
        this.log = log;
    }

    /**
     * A page of events.
     *
     * @param data in order
     * @param nextAfter the {@code after} of the next page, or of the next question when there is none yet
     * @param hasMore whether there is a next page already
     */
    record EventPage(List<EventEnvelope> data, long nextAfter, boolean hasMore) {}

    @GetMapping
    EventPage list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        long first = PageParameters.after(after);
        int size = PAGES.limit(limit);
        TaskId task = access.require(caller, id).id();
        List<EventEnvelope> oneMore = log.read(task, first, size + 1);
        List<EventEnvelope> data = oneMore.subList(0, Math.min(size, oneMore.size()));
        return new EventPage(data, data.isEmpty() ? first : data.getLast().seq(), oneMore.size() > size);
    }
}
