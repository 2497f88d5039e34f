package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.EventSocket;
import dev.titan.testing.system.HomeProcesses;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanCommandLine;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a newcomer does first, with no settings at all: the demo model answers. */
@Tag("docker")
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class QuickStartIT {

    private static final String GOAL = "Create a Node.js Hello World app and test it";
    private static final String DEV_KEY = "dev-key-123";

    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    void runsTheGoalWithOneCommandAndLeavesNothingBehind(SandboxKind sandbox) {
        try (TestHome home = TestHome.create()) {
            TitanCommandLine run =
                    TitanCommandLine.run(home.path(), Map.of("TITAN_SANDBOX", sandbox.setting()), List.of("run", GOAL));

            assertThat(run.status()).as(run.output()).isZero();
            assertThat(run.firstLine()).containsIgnoringCase("demo");
            assertThat(run.output())
                    .contains("package.json", "index.js", "index.test.js")
                    .contains("Run the app and its tests")
                    .contains("Hello World");
            assertThat(HomeProcesses.running(home.path(), "")).isEmpty();
            assertThat(home.containers()).isEmpty();
            assertThat(home.sandboxDirectories()).isEmpty();
        }
    }

    @Test
    void servesTheQuickStartRequestAsUsersKnowIt() {
        try (TestHome home = TestHome.create();
                TitanProcess titan =
                        TitanProcess.up(home.path(), Map.of("TITAN_SANDBOX", SandboxKind.DOCKER.setting()))) {
            TitanClient client = titan.client();

            TitanClient.Answer accepted =
                    client.send("POST", "/tasks", "{\"goal\":\"%s\",\"context\":{}}".formatted(GOAL));

            assertThat(accepted.status()).isEqualTo(202);
            assertThat(client.send("GET", "/ready", "")
                            .json()
                            .path("temporal_ui")
                            .asString())
                    .startsWith("http://127.0.0.1:");
            String id = accepted.json().path("taskId").asString();
            List<Long> seen = followWithReconnects(titan, id);

            RunningTask task = new RunningTask(client, id);
            JsonNode ended = client.send("GET", "/tasks/" + id, "").json();
            assertThat(ended.path("status").asString()).as(task.story()).isEqualTo("succeeded");
            assertThat(seen)
                    .isEqualTo(LongStream.rangeClosed(1, ended.path("last_seq").asLong())
                            .boxed()
                            .toList());
            assertThat(ended.path("artifacts"))
                    .extracting(artifact -> artifact.path("name").asString())
                    .contains("package.json", "index.js", "index.test.js");
            assertThat(ended.path("plan").path("steps"))
                    .extracting(step -> step.path("status").asString())
                    .containsOnly("succeeded")
                    .hasSize(4);
            assertThat(TemporalUi.of(home).activityTypes(id))
                    .containsSubsequence(
                            "interpretGoal", "makePlan", "createSandbox", "file_write", "shell", "judgeTask");
        }
    }

    /** Reads the stream with a client that loses its connection after every few events, and returns each seq it saw. */
    private static List<Long> followWithReconnects(TitanProcess titan, String id) {
        List<Long> seen = new ArrayList<>();
        String last = "";
        while (!last.equals("complete") && !last.equals("error")) {
            long after = seen.isEmpty() ? 0 : seen.getLast();
            try (EventSocket socket = new EventSocket(titan.api(), DEV_KEY, id, after)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> endOrAtLeast(3, socket.received()));
                List<JsonNode> received = socket.received();
                received.forEach(event -> seen.add(event.path("seq").asLong()));
                last = received.getLast().path("type").asString();
            }
        }
        return seen;
    }

    private static boolean endOrAtLeast(int count, List<JsonNode> received) {
        return received.size() >= count
                || received.stream()
                        .map(event -> event.path("type").asString())
                        .anyMatch(type -> type.equals("complete") || type.equals("error"));
    }
}
