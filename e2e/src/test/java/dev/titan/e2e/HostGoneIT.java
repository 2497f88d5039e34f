package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.Leftovers;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A host that is gone: its role does not answer, while its sandbox may well run on, as behind a broken network. The task
 * goes on on another host, and the first one has nothing to say when it comes back.
 */
@Tag("bubblewrap")
@Tag("docker")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class HostGoneIT {

    private static final String GOAL = "Write three lines, wherever you are.";

    private static final Map<String, String> GONE_SOON =
            Map.of("TITAN_SANDBOX_LIFE_HOSTAWAY", "10s", "TITAN_SANDBOX_POOL_MAX", "0");

    @Test
    void goesOnOnAnotherHostAndRefusesTheOneThatComesBack() {
        InsideCommand inside = InsideCommand.create();
        String second = "echo two >> lines.txt; echo half; while %s; do sleep 0.1; done".formatted(inside.isHeld());
        try (SplitSystem titan = SplitSystem.start(
                        Map.of(), Scripts.shell(GOAL, "echo one >> lines.txt", second, "echo three >> lines.txt"));
                LateCalls late = LateCalls.connect(titan.temporalAddress());
                TestHome firstHome = TestHome.create();
                TestHome secondHome = TestHome.create()) {
            TitanProcess first = titan.sandboxRole(firstHome, SandboxKind.LOCAL, GONE_SOON);
            RunningTask task = titan.submit(GOAL);
            task.awaitEvent("tool_output");
            first.kill();

            try (TitanProcess _ = titan.sandboxRole(secondHome, SandboxKind.DOCKER, GONE_SOON)) {
                JsonNode restored = task.awaitEvent("sandbox_restored").path("data");
                assertThat(restored.path("generation").asInt()).isEqualTo(2);
                assertThat(restored.path("reason").asString()).contains("no process answers for the host");
                assertThat(Leftovers.of(secondHome).containers()).hasSize(1);
                assertThat(Leftovers.of(firstHome).processes())
                        .as("the old sandbox still runs")
                        .isNotEmpty();

                try (TitanProcess _ = titan.sandboxRole(firstHome, SandboxKind.LOCAL, GONE_SOON)) {
                    assertThat(late.call(task, firstHome, SandboxKind.LOCAL))
                            .contains("SANDBOX_LOST", "of generation 1, and generation 2 has taken its place");
                    await().atMost(Duration.ofMinutes(1))
                            .untilAsserted(
                                    () -> assertThat(Leftovers.of(firstHome)).matches(Leftovers::none, "nothing"));

                    inside.release();
                    task.awaitSuccess();
                }
            }
            assertThat(task.artifact("lines.txt")).as(task.story()).isEqualTo("one\ntwo\nthree\n");
            assertThat(task.events("sandbox_lost")).hasSize(1);
            assertThat(Leftovers.of(secondHome)).matches(Leftovers::none, "nothing");
        }
    }
}
