package dev.titan.api.steering;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.task.BodyReader;
import dev.titan.api.task.ToolNames;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.Command;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.ApprovalRow;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/approvals}: calls that wait for a person, and what the person decides. */
@RestController
@RequestMapping(path = "/v1/approvals", produces = MediaType.APPLICATION_JSON_VALUE)
public final class ApprovalController {

    /** More than anybody decides at a sitting. */
    static final int LIST_MAX = 200;

    private final ApprovalRepository approvals;
    private final TaskSteering steering;
    private final BodyReader bodies;
    private final ToolNames tools;

    public ApprovalController(ApprovalRepository approvals, TaskSteering steering, BodyReader bodies, ToolNames tools) {
        this.approvals = approvals;
        this.steering = steering;
        this.bodies = bodies;
        this.tools = tools;
    }

    @GetMapping
    ApprovalResponse.Page list(
            @AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String status) {
        return new ApprovalResponse.Page(approvals.list(caller.organisationId(), status(status), LIST_MAX).stream()
                .map(ApprovalResponse::of)
                .toList());
    }

    @GetMapping("/{approvalId}")
    ApprovalResponse find(@AuthenticationPrincipal Caller caller, @PathVariable String approvalId) {
        return ApprovalResponse.of(require(caller, approvalId));
    }

    @PostMapping(path = "/{approvalId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DecisionRequest.class)))
    ApprovalResponse decide(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String approvalId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        ApprovalRow row = require(caller, approvalId);
        Command.Decide decision = decision(row, bodies.read(request.getInputStream(), DecisionRequest.class));
        steering.steer(caller, row.effect().task().value(), key, decision);
        return ApprovalResponse.of(require(caller, approvalId));
    }

    private Command.Decide decision(ApprovalRow row, DecisionRequest request) {
        String hash = request.argumentsHash() == null ? row.argumentsHash() : request.argumentsHash();
        ApprovalStatus status = switch (Objects.requireNonNull(request.decision(), "a decision was validated")) {
            case "approve" -> ApprovalStatus.APPROVED;
            case "deny" -> ApprovalStatus.DENIED;
            default -> ApprovalStatus.EDITED;
        };
        return new Command.Decide(row.id(), status, hash, arguments(row, status, request.arguments()), request.note());
    }

    private @Nullable Map<String, Object> arguments(
            ApprovalRow row, ApprovalStatus status, @Nullable Map<String, Object> given) {
        if (status != ApprovalStatus.EDITED) {
            if (given != null) {
                throw ProblemException.invalid("arguments", "is for the decision edit alone");
            }
            return null;
        }
        if (given == null) {
            throw ProblemException.invalid("arguments", "is missing; an edit needs the whole arguments");
        }
        tools.problemWith(row.call().tool(), given).ifPresent(problem -> {
            throw ProblemException.invalid(
                    "arguments", "do not fit %s: %s".formatted(row.call().tool(), problem));
        });
        return given;
    }

    private ApprovalRow require(Caller caller, String id) {
        return parse(id)
                .flatMap(approvals::find)
                .filter(row -> row.organisationId().equals(caller.organisationId()) && !row.isQuestion())
                .orElseThrow(() -> ProblemException.notFound("approval", id));
    }

    private static Optional<ApprovalId> parse(String id) {
        try {
            return Optional.of(new ApprovalId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable ApprovalStatus status(@Nullable String status) {
        if (status == null) {
            return null;
        }
        return Arrays.stream(ApprovalStatus.values())
                .filter(known -> known.wire().equals(status))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "status",
                        "must be one of "
                                + Arrays.stream(ApprovalStatus.values())
                                        .map(ApprovalStatus::wire)
                                        .collect(Collectors.joining(", "))));
    }
}
