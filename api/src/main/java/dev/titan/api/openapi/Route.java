package dev.titan.api.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.Map;

/**
 * What the code of a controller does not say about a route.
 *
 * @param path the address
 * @param method the method
 * @param operation a name for generated clients
 * @param summary what it does, in a sentence
 * @param answers what success looks like: status → in which case
 */
record Route(String path, HttpMethod method, String operation, String summary, Map<String, String> answers) {

    private static final String TASK = "/v1/tasks/{id}";

    /** Every route that is in the description because a controller has it. */
    static final List<Route> ALL = List.of(
            new Route(
                    "/v1/tasks",
                    HttpMethod.POST,
                    "createTask",
                    "Accepts a task; it is stored when this answers and starts as soon as a worker is there.",
                    Map.of("202", "Accepted. A repetition under the same Idempotency-Key is answered the same.")),
            new Route(
                    "/v1/tasks",
                    HttpMethod.GET,
                    "listTasks",
                    "Lists tasks, newest first.",
                    Map.of("200", "A page of tasks.")),
            new Route(
                    TASK,
                    HttpMethod.GET,
                    "getTask",
                    "Shows a task with its plan, its newest events and its artifacts.",
                    Map.of("200", "The task.")),
            new Route(
                    TASK,
                    HttpMethod.DELETE,
                    "deleteTask",
                    "Cancels a task; what it has left behind stays.",
                    cancelling()),
            new Route(TASK + "/cancel", HttpMethod.POST, "cancelTask", "Cancels a task.", cancelling()),
            new Route(
                    TASK + "/messages",
                    HttpMethod.POST,
                    "sendMessage",
                    "Tells the model something before its next turn, or answers the question it asked.",
                    taken()),
            new Route(
                    TASK + "/pause",
                    HttpMethod.POST,
                    "pauseTask",
                    "Stops a task before its next model call or tool call; what runs is finished.",
                    taken()),
            new Route(TASK + "/resume", HttpMethod.POST, "resumeTask", "Lets a paused task go on.", taken()),
            new Route(
                    TASK + "/budget",
                    HttpMethod.POST,
                    "raiseBudget",
                    "Raises what a task may spend, and lets it go on where that was used up.",
                    taken()),
            new Route(
                    TASK + "/fork",
                    HttpMethod.POST,
                    "forkTask",
                    "Begins another task with the plan, the transcript and the workspace of the moment after a step.",
                    forking()),
            new Route(
                    TASK + "/retry",
                    HttpMethod.POST,
                    "retryTask",
                    "Begins another task that goes on where this one, which has failed or was cancelled, got stuck.",
                    forking()),
            new Route(
                    "/v1/approvals",
                    HttpMethod.GET,
                    "listApprovals",
                    "Lists calls that wait, or have waited, for a person; oldest first.",
                    Map.of("200", "The approvals.")),
            new Route(
                    "/v1/approvals/{approvalId}",
                    HttpMethod.GET,
                    "getApproval",
                    "Shows a call that waits for a person, with its exact arguments.",
                    Map.of("200", "The approval.")),
            new Route(
                    "/v1/approvals/{approvalId}",
                    HttpMethod.POST,
                    "decideApproval",
                    "Allows a call, refuses it, or has it made with other arguments.",
                    taken()),
            new Route(
                    TASK + "/events",
                    HttpMethod.GET,
                    "listEvents",
                    "Lists the events of a task in order.",
                    Map.of("200", "A page of events.")),
            new Route(
                    TASK + "/artifacts",
                    HttpMethod.GET,
                    "listArtifacts",
                    "Lists what a task has left behind.",
                    Map.of("200", "The artifacts.")),
            new Route(
                    TASK + "/artifacts/{artifactId}",
                    HttpMethod.GET,
                    "getArtifact",
                    "Downloads an artifact.",
                    Map.of("200", "Its bytes, in its own media type.")),
            new Route("/health", HttpMethod.GET, "health", "Says that the process lives.", Map.of("200", "It lives.")),
            new Route(
                    "/ready",
                    HttpMethod.GET,
                    "ready",
                    "Says whether the database and Temporal answer.",
                    Map.of("200", "Both answer.", "503", "One of them does not.")));

    private static Map<String, String> cancelling() {
        return Map.of(
                "200", "It had ended already, or has ended now because it was not started yet.",
                "202", "Its end is under way.");
    }

    private static Map<String, String> forking() {
        return Map.of(
                "202",
                "Accepted; the task of the address is not changed. A repetition under the same Idempotency-Key is answered the same.");
    }

    private static Map<String, String> taken() {
        return Map.of(
                "200", "The task has taken it. A repetition under the same Idempotency-Key is answered the same.");
    }

    /** Returns whether it works without a key. */
    boolean open() {
        return !path.startsWith("/v1");
    }
}
