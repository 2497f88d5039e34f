package dev.titan.api.steering;

import dev.titan.api.auth.Caller;
import dev.titan.api.task.BodyReader;
import dev.titan.contracts.steering.Command;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/tasks/{id}/messages|pause|resume|budget}, and the same under {@code /tasks}. */
@RestController
@RequestMapping(
        path = {"/v1/tasks/{id}", "/tasks/{id}"},
        produces = MediaType.APPLICATION_JSON_VALUE)
public final class SteeringController {

    private static final String KEY = "Idempotency-Key";

    private final TaskSteering steering;
    private final BodyReader bodies;

    public SteeringController(TaskSteering steering, BodyReader bodies) {
        this.steering = steering;
        this.bodies = bodies;
    }

    @PostMapping(path = "/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = MessageRequest.class)))
    SteeringResponse message(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        MessageRequest message = bodies.read(request.getInputStream(), MessageRequest.class);
        return steering.steer(
                caller, id, key, new Command.Say(Objects.requireNonNull(message.text(), "a text was validated")));
    }

    @PostMapping("/pause")
    SteeringResponse pause(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key) {
        return steering.steer(caller, id, key, new Command.Pause());
    }

    @PostMapping("/resume")
    SteeringResponse resume(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key) {
        return steering.steer(caller, id, key, new Command.Resume());
    }

    @PostMapping(path = "/budget", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BudgetRequest.class)))
    SteeringResponse budget(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        BudgetRequest budget = bodies.read(request.getInputStream(), BudgetRequest.class);
        return steering.steer(caller, id, key, new Command.Raise(budget.budget()));
    }
}
