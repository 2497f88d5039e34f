package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.api.page.PageParameters;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.trace.TraceId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.task.TaskFilter;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/tasks}, and the same under {@code /tasks}. */
@RestController
@RequestMapping(
        path = {"/v1/tasks", "/tasks"},
        produces = MediaType.APPLICATION_JSON_VALUE)
public final class TaskController {

    private static final PageParameters PAGES = new PageParameters(20, 100);

    private final TaskAccepting accepting;
    private final TaskReading reading;
    private final TaskCancelling cancelling;
    private final TaskRepository tasks;

    public TaskController(
            TaskAccepting accepting, TaskReading reading, TaskCancelling cancelling, TaskRepository tasks) {
        this.accepting = accepting;
        this.reading = reading;
        this.cancelling = cancelling;
        this.tasks = tasks;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreateTaskRequest.class)))
    ResponseEntity<AcceptedResponse> create(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletRequest request)
            throws IOException {
        byte[] body = BodyBytes.read(request.getInputStream());
        TaskRow task = accepting.accept(caller, TraceId.of(request), idempotencyKey, body);
        AcceptedResponse answer = AcceptedResponse.of(task);
        return ResponseEntity.accepted().location(URI.create(answer.url())).body(answer);
    }

    @GetMapping
    TaskPage list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        int size = PAGES.limit(limit);
        TaskFilter filter = new TaskFilter(caller.organisationId(), status(status), cursor(cursor), size + 1);
        return TaskPage.of(tasks.page(filter), size);
    }

    @GetMapping("/{id}")
    TaskResponse find(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return reading.read(caller, id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<CancelResponse> delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return cancelling.cancel(caller, id);
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<CancelResponse> cancel(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return cancelling.cancel(caller, id);
    }

    private static @Nullable TaskStatus status(@Nullable String status) {
        if (status == null) {
            return null;
        }
        return Arrays.stream(TaskStatus.values())
                .filter(known -> known.wire().equals(status))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "status",
                        "must be one of "
                                + Arrays.stream(TaskStatus.values())
                                        .map(TaskStatus::wire)
                                        .collect(Collectors.joining(", "))));
    }

    private static @Nullable TaskId cursor(@Nullable String cursor) {
        return cursor == null
                ? null
                : TaskAccess.parse(cursor)
                        .orElseThrow(() ->
                                ProblemException.invalid("cursor", "must be the next_cursor of an earlier answer"));
    }
}
