package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.dev.EmbeddedStack;
import dev.titan.dev.home.StackPorts;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.postgres.TestPostgres;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The shape of production: the roles are processes of their own with homes of their own, and share one PostgreSQL and one
 * Temporal, which neither starts nor stops with them.
 */
@Tag("docker")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class RolesIT {

    private static final String GOAL = "Write six lines, slowly.";
    private static final String LINES = "1\n2\n3\n4\n5\n6\n";

    @Test
    void runsATaskThroughThreeProcessesAndOutlivesTheWorker() {
        try (TestHome stackHome = TestHome.create();
                TestHome apiHome = TestHome.create();
                TestHome workerHome = TestHome.create();
                TestHome sandboxHome = TestHome.create();
                ScriptedModelServer model = ScriptedModelServer.start(List.of(slowLines()));
                EmbeddedStack stack = SplitSystem.stack(stackHome, StackPorts.ANY)) {
            Map<String, String> settings = settings(stack.temporal().target(), model);
            try (TitanProcess api = start(apiHome, settings, "api");
                    TitanProcess sandbox = start(sandboxHome, settings, "sandbox");
                    TitanProcess first = start(workerHome, settings, "worker")) {
                api.awaitReady();
                RunningTask task = new RunningTask(api.client(), api.client().submit(Map.of("goal", GOAL)));
                task.awaitEvent("tool_completed");

                first.kill();
                try (TitanProcess second = start(workerHome, settings, "worker")) {
                    task.awaitSuccess();

                    assertThat(second.alive() && sandbox.alive()).isTrue();
                    assertThat(task.artifact("lines.txt")).isEqualTo(LINES);
                    assertThat(sandboxHome.containers()).isEmpty();
                }
            }
        }
    }

    @Test
    void acceptsTasksWhileTemporalIsDownAndRunsThemWhenItIsBack() {
        int port = TestPorts.free();
        try (TestHome stackHome = TestHome.create();
                TestHome home = TestHome.create();
                ScriptedModelServer model = ScriptedModelServer.start(List.of(slowLines()));
                TitanProcess titan = start(home, settings("127.0.0.1:" + port, model), "api,worker,sandbox")) {
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> titan.client().send("GET", "/health", "").status() == 200);
            JsonNode ready = titan.client().send("GET", "/ready", "").json();
            assertThat(ready.path("status").asString()).as("%s", ready).isEqualTo("not_ready");
            assertThat(ready.path("components").path("temporal").path("state").asString())
                    .as("%s", ready)
                    .isEqualTo("down");
            assertThat(ready.path("components").path("database").path("state").asString())
                    .isEqualTo("up");

            RunningTask task = new RunningTask(titan.client(), titan.client().submit(Map.of("goal", GOAL)));
            assertThat(titan.client().task(task.id()).path("status").asString()).isEqualTo("queued");

            try (EmbeddedStack stack = SplitSystem.stack(stackHome, new StackPorts(port, 0, 0))) {
                assertThat(stack.temporal().target()).endsWith(":" + port);
                titan.awaitReady();
                task.awaitSuccess();
                assertThat(task.artifact("lines.txt")).isEqualTo(LINES);

                // 128 + SIGTERM is how a JVM reports that it was asked to stop and did.
                assertThat(titan.stop()).as(titan.output()).isIn(0, 143);
                assertThat(titan.output()).doesNotContain("Exception");
                assertThat(home.containers()).isEmpty();
            }
        }
    }

    private static ModelScript slowLines() {
        return Scripts.shell(GOAL, "for i in 1 2; do echo $i >> lines.txt; done", slow(3), slow(4), slow(5), slow(6));
    }

    private static String slow(int line) {
        return "sleep 1; echo %d >> lines.txt".formatted(line);
    }

    private static TitanProcess start(TestHome home, Map<String, String> settings, String roles) {
        return TitanProcess.start(home.path(), TestPorts.free(), settings, List.of("--roles", roles));
    }

    private static Map<String, String> settings(String temporal, ScriptedModelServer model) {
        Map<String, String> settings =
                new HashMap<>(SplitSystem.settings(temporal, TestPostgres.freshDatabase(), model));
        settings.put("TITAN_SANDBOX", SandboxKind.DOCKER.setting());
        return settings;
    }
}
