package dev.titan.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("postgres")
class OpenApiIT {

    private static JsonNode description;

    @BeforeAll
    static void read() {
        try (TestApi api = TestApi.start(Map.of())) {
            // No key is needed to read it.
            description = api.send(
                            HttpRequest.newBuilder(api.uri("/openapi.json")).GET())
                    .body();
        }
    }

    @Test
    void everyRouteIsDescribedAndNoOther() {
        List<String> routes = new ArrayList<>();
        description
                .path("paths")
                .forEachEntry((path, item) -> item.propertyNames().forEach(method -> routes.add(method + " " + path)));

        assertThat(description.path("openapi").stringValue()).startsWith("3.1");
        assertThat(routes)
                .containsExactlyInAnyOrder(
                        "post /v1/tasks",
                        "get /v1/tasks",
                        "get /v1/tasks/{id}",
                        "delete /v1/tasks/{id}",
                        "post /v1/tasks/{id}/cancel",
                        "post /v1/tasks/{id}/messages",
                        "post /v1/tasks/{id}/pause",
                        "post /v1/tasks/{id}/resume",
                        "post /v1/tasks/{id}/budget",
                        "post /v1/tasks/{id}/fork",
                        "post /v1/tasks/{id}/retry",
                        "get /v1/approvals",
                        "get /v1/approvals/{approvalId}",
                        "post /v1/approvals/{approvalId}",
                        "get /v1/tasks/{id}/events",
                        "get /v1/tasks/{id}/events/stream",
                        "get /v1/tasks/{id}/stream",
                        "get /v1/tasks/{id}/artifacts",
                        "get /v1/tasks/{id}/artifacts/{artifactId}",
                        "get /health",
                        "get /ready",
                        "get /metrics");
    }

    @Test
    void theNamesAreThoseOnTheWire() {
        List<String> names = new ArrayList<>();
        description
                .path("components")
                .path("schemas")
                .forEach(schema -> names.addAll(schema.path("properties").propertyNames()));

        assertThat(names).filteredOn(name -> !name.equals("taskId")).allMatch(name -> name.matches("[a-z0-9_]+"));
        assertThat(names).contains("taskId", "success_criteria", "max_steps", "media_type", "on_track");
    }

    @Test
    void acceptingATaskIsDescribedWithItsLimits() {
        JsonNode post = description.path("paths").path("/v1/tasks").path("post");
        JsonNode body = description.path("components").path("schemas").path("CreateTaskRequest");

        assertThat(post.path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema")
                        .path("$ref")
                        .stringValue())
                .endsWith("/CreateTaskRequest");
        assertThat(post.path("responses").propertyNames()).containsExactlyInAnyOrder("202", "default");
        assertThat(body.path("required").valueStream().map(JsonNode::stringValue))
                .contains("goal");
        assertThat(body.path("properties").path("goal").path("maxLength").intValue())
                .isEqualTo(100_000);
    }

    @Test
    void forkingATaskIsDescribedWithBothWaysToNameAStep() {
        JsonNode body = description.path("components").path("schemas").path("ForkRequest");
        JsonNode retry = description.path("paths").path("/v1/tasks/{id}/retry").path("post");

        assertThat(body.path("required").valueStream().map(JsonNode::stringValue))
                .containsExactly("step");
        assertThat(body.path("properties").path("step").path("oneOf").valueStream())
                .extracting(one -> one.path("type").stringValue())
                .containsExactly("string", "integer");
        assertThat(body.path("properties").propertyNames())
                .containsExactlyInAnyOrder("step", "goal", "message", "budget", "model");
        assertThat(retry.path("requestBody").path("required").asBoolean(false)).isFalse();
        assertThat(retry.path("responses").propertyNames()).containsExactlyInAnyOrder("202", "default");
    }

    @Test
    void whatIsReferredToExists() {
        Stream<String> references = description.findValues("$ref").stream().map(JsonNode::stringValue);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everythingButTheOpenRoutesNeedsAKey() {
        assertThat(description.path("security").get(0).has("bearer")).isTrue();
        assertThat(description
                        .path("paths")
                        .path("/health")
                        .path("get")
                        .path("security")
                        .isEmpty())
                .isTrue();
        assertThat(description
                        .path("paths")
                        .path("/v1/tasks")
                        .path("get")
                        .path("security")
                        .isMissingNode())
                .isTrue();
        assertThat(description
                        .path("components")
                        .path("schemas")
                        .path("EventEnvelope")
                        .path("properties")
                        .path("type")
                        .path("enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .contains("task_queued", "complete", "error");
    }
}
