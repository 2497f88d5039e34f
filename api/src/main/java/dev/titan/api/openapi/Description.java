package dev.titan.api.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.titan.api.problem.Problem;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.task.TaskStatus;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Completes what was read off the controllers: names, answers, problems, and the routes that are no controllers. */
final class Description implements OpenApiCustomizer {

    static final String BEARER = "bearer";

    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";

    @Override
    public void customise(OpenAPI api) {
        addSchemas(api);
        for (Route route : Route.ALL) {
            PathItem path = api.getPaths().get(route.path());
            Operation operation = path == null ? null : path.readOperationsMap().get(route.method());
            if (operation == null) {
                throw new IllegalStateException("no controller serves %s %s".formatted(route.method(), route.path()));
            }
            complete(operation, route);
        }
        api.getPaths().addPathItem("/v1/tasks/{id}/stream", new PathItem().get(StreamDescription.socket()));
        api.getPaths().addPathItem("/v1/tasks/{id}/events/stream", new PathItem().get(StreamDescription.sse()));
        api.getPaths().addPathItem("/metrics", new PathItem().get(metrics()));
    }

    private static void complete(Operation operation, Route route) {
        operation.setOperationId(route.operation());
        operation.setSummary(route.summary());
        operation.setTags(List.of(route.open() ? "operations" : "tasks"));
        Content content = contentOf(operation);
        ApiResponses responses = new ApiResponses();
        route.answers()
                .forEach((status, meaning) -> responses.addApiResponse(
                        status, new ApiResponse().description(meaning).content(content)));
        responses.addApiResponse("default", problem());
        operation.setResponses(responses);
        if (route.open()) {
            operation.setSecurity(List.of());
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> complete(parameter, route));
        }
    }

    /** The artifact's own media type is not known before; everything else is JSON. */
    private static Content contentOf(Operation operation) {
        Content read = operation.getResponses().values().iterator().next().getContent();
        MediaType media = read.values().iterator().next();
        boolean bytes = "binary".equals(media.getSchema().getFormat());
        return new Content().addMediaType(bytes ? "*/*" : JSON, media);
    }

    private static void complete(Parameter parameter, Route route) {
        switch (parameter.getName()) {
            case "id" -> parameter.description("The task, such as task-0199….");
            case "artifactId" -> parameter.description("The artifact, such as art-….");
            case "approvalId" -> parameter.description("The approval, such as apr-….");
            case "after" ->
                parameter
                        .description("The last seq already seen; 0 is the beginning.")
                        .schema(numberFrom(0));
            case "limit" -> parameter.description("The size of the page.").schema(numberFrom(1));
            case "cursor" -> parameter.description("The next_cursor of the page before.");
            case "status" -> {
                Schema<String> status = string();
                statuses(route).forEach(status::addEnumItemObject);
                parameter.description("Only those in this status.").schema(status);
            }
            case "Idempotency-Key" ->
                parameter.description("A name for this request: repeating it under the same name is one task.");
            default -> throw new IllegalStateException("a parameter without description: " + parameter.getName());
        }
    }

    private static Stream<String> statuses(Route route) {
        return route.path().startsWith("/v1/approvals")
                ? Arrays.stream(ApprovalStatus.values()).map(ApprovalStatus::wire)
                : Arrays.stream(TaskStatus.values()).map(TaskStatus::wire);
    }

    private static Operation metrics() {
        return new Operation()
                .operationId("metrics")
                .summary("Shows the process's metrics to Prometheus.")
                .addTagsItem("operations")
                .responses(new ApiResponses()
                        .addApiResponse(
                                "200",
                                new ApiResponse()
                                        .description("The text format of Prometheus.")
                                        .content(new Content()
                                                .addMediaType("text/plain", new MediaType().schema(string()))))
                        .addApiResponse("default", problem()));
    }

    static ApiResponse problem() {
        return new ApiResponse()
                .description("What went wrong (RFC 9457).")
                .content(new Content()
                        .addMediaType(
                                PROBLEM_JSON,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static void addSchemas(OpenAPI api) {
        ResolvedSchema problem = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(false));
        api.getComponents().addSchemas("Problem", problem.schema);
        problem.referencedSchemas.forEach(api.getComponents()::addSchemas);

        ResolvedSchema live = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(LiveEvent.class).resolveAsRef(false));
        api.getComponents().addSchemas("LiveEvent", live.schema);

        Schema<String> type = string();
        Arrays.stream(TaskEvent.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .forEach(type::addEnumItemObject);
        schema(api, "EventEnvelope").addProperty("type", type.description("What kind of event 'data' is."));
        Schema<String> liveType = string();
        List.of("model_delta", "attempt_restarted").forEach(liveType::addEnumItemObject);
        schema(api, "LiveEvent").addProperty("type", liveType.description("What kind of passing word 'data' is."));
        // In an event the type stands beside the data, not inside.
        schema(api, "TaskEvent").setRequired(null);
        schema(api, "TaskEvent").setDiscriminator(null);
        Schema<?> criteria = requireNonNull(
                schema(api, "CreateTaskRequest").getProperties().get("success_criteria"), "success_criteria");
        criteria.setItems(
                new Schema<>().oneOf(List.of(string(), new Schema<>().$ref("#/components/schemas/CriterionRequest"))));
        Schema<String> named = string();
        List.of("isolated", "proxy_only").forEach(named::addEnumItemObject);
        Schema<Object> policy = new Schema<>();
        policy.setDescription("What the sandbox may reach; nothing when left out.");
        policy.setOneOf(List.of(named, new Schema<>().$ref("#/components/schemas/NetworkPolicyRequest")));
        schema(api, "CreateTaskRequest").addProperty("network_policy", policy);
        Schema<Object> step = new Schema<>();
        step.setDescription("The id of a step that is done, or its number in the plan, from 1.");
        step.setOneOf(List.of(string(), numberFrom(1)));
        schema(api, "ForkRequest").addProperty("step", step);
        schema(api, "ForkRequest").addRequiredItem("step");
    }

    private static Schema<?> schema(OpenAPI api, String name) {
        return requireNonNull(api.getComponents().getSchemas().get(name), name);
    }

    static Schema<String> string() {
        Schema<String> schema = new Schema<>();
        schema.addType("string");
        return schema;
    }

    static Schema<Number> numberFrom(long min) {
        Schema<Number> schema = new Schema<>();
        schema.addType("integer");
        schema.setMinimum(BigDecimal.valueOf(min));
        return schema;
    }

    static SecurityRequirement key() {
        return new SecurityRequirement().addList(BEARER);
    }
}
