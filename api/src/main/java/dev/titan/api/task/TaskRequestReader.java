package dev.titan.api.task;

import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.task.Autonomy;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.task.UnknownOutcome;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a request out of a body, or a problem that names every wrong field. */
public final class TaskRequestReader {

    private static final JsonMapper CANONICAL = TitanJson.mapper()
            .rebuild()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Validator validator;
    private final ToolNames tools;

    public TaskRequestReader(Validator validator, ToolNames tools) {
        this.validator = validator;
        this.tools = tools;
    }

    /**
     * A request and what identifies its body.
     *
     * @param request what was asked
     * @param canonicalBody the same text for bodies that differ in order and white space only
     */
    record Read(TaskRequest request, String canonicalBody) {}

    Read read(byte[] bytes) {
        ObjectNode body = JsonBody.parse(bytes);
        String canonical = CANONICAL.writeValueAsString(CANONICAL.treeToValue(body, Object.class));
        List<FieldError> errors = TaskFields.check(body);
        CreateTaskRequest request = JsonBody.bind(body, CreateTaskRequest.class, errors);
        validator.validate(request).stream()
                .sorted(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .map(TaskRequestReader::error)
                .forEach(errors::add);
        checkTools(request.tools(), errors);
        Context context = Context.of(request.context(), errors);
        NetworkPolicy network = request.networkPolicy() == null
                ? new NetworkPolicy.Isolated()
                : request.networkPolicy().policy(errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new Read(request(request, context, network), canonical);
    }

    private void checkTools(@Nullable List<String> wanted, List<FieldError> errors) {
        Set<String> known = tools.all();
        List<String> names = wanted == null ? List.of() : wanted;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name != null && !name.isBlank() && !known.contains(name)) {
                errors.add(new FieldError(
                        "tools[%d]".formatted(i),
                        "names no tool; there are " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    private static TaskRequest request(CreateTaskRequest request, Context context, NetworkPolicy network) {
        return new TaskRequest(
                Objects.requireNonNull(request.goal(), "a goal was validated"),
                context.files(),
                context.setup(),
                context.rest(),
                request.model(),
                request.tools() == null ? List.of() : request.tools(),
                limits(request.budget()),
                request.successCriteria() == null
                        ? List.of()
                        : request.successCriteria().stream()
                                .map(CriterionRequest::criterion)
                                .toList(),
                request.metadata() == null ? Map.of() : request.metadata(),
                network,
                terms(request));
    }

    private static TaskTerms terms(CreateTaskRequest request) {
        CreateTaskRequest.Budget budget = request.budget();
        return new TaskTerms(
                request.autonomy() == null ? Autonomy.AUTO : Autonomy.of(request.autonomy()),
                request.approvalWaitSeconds() == null
                        ? TaskTerms.DEFAULT_APPROVAL_WAIT
                        : Duration.ofSeconds(request.approvalWaitSeconds()),
                request.review() == null ? ReviewMode.EVERY_STEP : ReviewMode.of(request.review()),
                budget == null ? Budget.UNLIMITED : budget.spending(),
                request.unknownOutcome() == null
                        ? UnknownOutcome.TELL_MODEL
                        : UnknownOutcome.of(request.unknownOutcome()));
    }

    private static TaskLimits limits(CreateTaskRequest.@Nullable Budget budget) {
        Integer steps = budget == null ? null : budget.maxSteps();
        Integer corrections = budget == null ? null : budget.maxCorrections();
        return new TaskLimits(
                steps == null ? TaskLimits.DEFAULT_MAX_STEPS : steps,
                corrections == null ? TaskLimits.DEFAULT_MAX_CORRECTIONS : corrections);
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        List<String> names = new ArrayList<>();
        for (Path.Node node : violation.getPropertyPath()) {
            String at = node.getIndex() != null
                    ? "[%d]".formatted(node.getIndex())
                    : node.getKey() != null ? "['%s']".formatted(node.getKey()) : "";
            if (!at.isEmpty() && !names.isEmpty()) {
                names.add(names.removeLast() + at);
            }
            // An element has no name of its own, and "saying" is a rule about the whole criterion.
            if (node.getKind() == ElementKind.PROPERTY && !"saying".equals(node.getName())) {
                names.add(BodyReader.snakeCase(node.getName()));
            }
        }
        return new FieldError(String.join(".", names), violation.getMessage());
    }
}
