package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.api.task.TaskForking.Asking;
import dev.titan.api.trace.TraceId;
import dev.titan.store.fork.ForkPoint;
import dev.titan.store.task.TaskRow;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/tasks/{id}/fork|retry}, and the same under {@code /tasks}. */
@RestController
@RequestMapping(
        path = {"/v1/tasks/{id}", "/tasks/{id}"},
        produces = MediaType.APPLICATION_JSON_VALUE)
public final class ForkController {

    private static final String KEY = "Idempotency-Key";

    private final TaskForking forking;
    private final BodyReader bodies;

    public ForkController(TaskForking forking, BodyReader bodies) {
        this.forking = forking;
        this.bodies = bodies;
    }

    @PostMapping(path = "/fork", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ForkRequest.class)))
    ResponseEntity<AcceptedResponse> fork(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        ForkRequest body = bodies.read(request.getInputStream(), ForkRequest.class);
        return answer(
                forking.fork(new Asking(caller, TraceId.of(request), key), id, body.point(), body, body.changes()));
    }

    /** Most have nothing to change and send no body. */
    @PostMapping("/retry")
    @RequestBody(content = @Content(schema = @Schema(implementation = RetryRequest.class)))
    ResponseEntity<AcceptedResponse> retry(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        byte[] sent = BodyBytes.read(request.getInputStream());
        RetryRequest body = sent.length == 0
                ? RetryRequest.UNCHANGED
                : bodies.read(new ByteArrayInputStream(sent), RetryRequest.class);
        return answer(forking.fork(
                new Asking(caller, TraceId.of(request), key), id, new ForkPoint.WhatIsDone(), body, body.changes()));
    }

    private static ResponseEntity<AcceptedResponse> answer(TaskRow task) {
        AcceptedResponse answer = AcceptedResponse.of(task);
        return ResponseEntity.accepted().location(URI.create(answer.url())).body(answer);
    }
}
