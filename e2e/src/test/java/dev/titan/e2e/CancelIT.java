package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.system.HomeProcesses;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Cancelling reaches into the sandbox, at once. */
@Tag("docker")
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class CancelIT {

    /** What a person expects of "cancel"; the one bound on time that is promised. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(2);

    /** So that every process of a sandbox is the task's. */
    private static final Map<String, String> WITHOUT_POOL = Map.of("TITAN_SANDBOX_POOL_MAX", "0");

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final String GOAL = "Sleep.";

    @ParameterizedTest
    @EnumSource(Setting.class)
    void endsARunningCommandWithinTwoSeconds(Setting setting) {
        // Digits that no other process of this machine has on its command line.
        String sleep = "sleep 600.%09d".formatted(ThreadLocalRandom.current().nextInt(1_000_000_000));
        try (TitanSystem titan = setting.start(WITHOUT_POOL, Scripts.shell(GOAL, sleep + " & " + sleep + "; wait"))) {
            RunningTask task = titan.submit(GOAL);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> HomeProcesses.mentioning(sleep).size() >= 3);

            TitanClient.Answer answer = titan.client().send("DELETE", "/v1/tasks/" + task.id(), "");

            await().alias("the processes are gone")
                    .atMost(GONE_WITHIN)
                    .pollInterval(LOOK)
                    .until(() -> HomeProcesses.mentioning(sleep).isEmpty());
            assertThat(answer.status()).isEqualTo(202);
            JsonNode ended = task.awaitEnd();
            assertThat(ended.path("status").asString()).as(task.story()).isEqualTo("cancelled");
            assertThat(ended.path("reason").asString()).isEqualTo("user");
            assertThat(titan.home().containers()).isEmpty();
            assertThat(titan.home().sandboxDirectories()).isEmpty();
            assertThat(HomeProcesses.running(titan.home().path(), "sandboxd")).isEmpty();
        }
    }

    @Test
    void endsATaskThatHasNotStarted() {
        try (TestHome home = TestHome.create();
                ScriptedModelServer model = ScriptedModelServer.start(List.of(Scripts.shell(GOAL, "true")))) {
            Map<String, String> environment = new HashMap<>(TitanSystem.modelSettings(model));
            environment.put("TITAN_SANDBOX", SandboxKind.LOCAL.setting());
            String id;
            try (TitanProcess api =
                    TitanProcess.start(home.path(), TestPorts.free(), environment, List.of("--roles", "api"))) {
                api.awaitReady();
                id = api.client().submit(Map.of("goal", GOAL));

                assertThat(api.client().send("DELETE", "/v1/tasks/" + id, "").status())
                        .isEqualTo(200);
                assertThat(api.client().task(id).path("status").asString()).isEqualTo("cancelled");
            }
            try (TitanProcess all = TitanProcess.up(home.path(), environment)) {
                RunningTask other = new RunningTask(all.client(), all.client().submit(Map.of("goal", GOAL)));
                other.awaitSuccess();

                RunningTask task = new RunningTask(all.client(), id);
                assertThat(task.awaitEnd().path("status").asString()).isEqualTo("cancelled");
                assertThat(task.events())
                        .extracting(event -> event.path("type").asString())
                        .containsExactly("task_queued", "error");
                assertThat(TemporalUi.of(home).workflows()).containsExactly(other.id());
            }
        }
    }
}
