package dev.titan.e2e;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Temporal's own UI of a home, asked over the API its pages use.
 *
 * @param client its address
 */
record TemporalUi(TitanClient client) {

    private static final String WORKFLOWS = "/api/v1/namespaces/default/workflows";

    static TemporalUi of(TestHome home) {
        URI address = URI.create("http://127.0.0.1:" + home.port("temporal_ui"));
        return new TemporalUi(new TitanClient(address, ""));
    }

    /** Returns the types of the activities that a task's workflow has scheduled or made itself, in order. */
    List<String> activityTypes(String task) {
        JsonNode history = client.send("GET", "%s/%s/history".formatted(WORKFLOWS, task), "")
                .json();
        List<String> types = new ArrayList<>();
        for (JsonNode event : history.path("history").path("events")) {
            JsonNode scheduled = event.path("activityTaskScheduledEventAttributes");
            JsonNode marker = event.path("markerRecordedEventAttributes");
            if (scheduled.isObject()) {
                types.add(scheduled.path("activityType").path("name").asString());
            } else if (marker.path("markerName").asString("").equals("LocalActivity")) {
                types.add(decoded(marker.path("details")
                                .path("type")
                                .path("payloads")
                                .path(0))
                        .asString());
            }
        }
        return types;
    }

    private static JsonNode decoded(JsonNode payload) {
        return TitanJson.mapper()
                .readTree(Base64.getDecoder().decode(payload.path("data").asString()));
    }

    /** Returns all that Temporal keeps of a task: its history, with the payloads decoded. */
    String historyText(String task) {
        JsonNode history = client.send("GET", "%s/%s/history".formatted(WORKFLOWS, task), "")
                .json();
        StringBuilder text = new StringBuilder(history.toString());
        for (JsonNode data : history.findValues("data")) {
            if (data.isString()) {
                byte[] payload = Base64.getDecoder().decode(data.asString());
                text.append('\n').append(new String(payload, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    /** Returns what Temporal says of the newest run of a task. */
    JsonNode workflow(String task) {
        return client.send("GET", "%s/%s".formatted(WORKFLOWS, task), "").json().path("workflowExecutionInfo");
    }

    /** Returns what Temporal lists of each run of a task, the newest first. */
    List<JsonNode> runs(String task) {
        List<JsonNode> runs = new ArrayList<>();
        for (JsonNode execution : client.send("GET", WORKFLOWS, "").json().path("executions")) {
            if (execution.path("execution").path("workflowId").asString().equals(task)) {
                runs.add(execution);
            }
        }
        return runs;
    }

    /** Returns the ids of the workflows that a schedule has started and that have come to their end. */
    List<String> completedBy(String schedule) {
        String query = "TemporalScheduledById = '%s' AND ExecutionStatus = 'Completed'".formatted(schedule);
        return ids("?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /** Returns the ids of all workflows Temporal has ever been asked to start. */
    List<String> workflows() {
        return ids("");
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        for (JsonNode execution :
                client.send("GET", WORKFLOWS + query, "").json().path("executions")) {
            ids.add(execution.path("execution").path("workflowId").asString());
        }
        return ids;
    }
}
