package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The policy of a request arrives at the proxy, and its decisions in the event log. What is allowed here is a name that
 * nobody has, since a test of the whole system cannot count on an internet: the way to a server that answers is tried
 * where the sandbox has a network of the test's own.
 */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class NetworkPolicyIT {

    private static final String ISOLATED = "Fetch a page without a network.";
    private static final String RESTRICTED = "Fetch two pages, one of which is listed.";

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(
                SandboxKind.LOCAL,
                Scripts.shell(ISOLATED, "curl -sS https://listed.example/ 2>&1 || true"),
                Scripts.shell(
                        RESTRICTED,
                        "curl -sS http://listed.example/ 2>&1",
                        "curl -sS http://other.example/ 2>&1; curl -sS https://other.example/ 2>&1 || true"));
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void anIsolatedTaskReadsWhyItReachesNothing() {
        RunningTask task = titan.submit(ISOLATED);

        JsonNode ended = task.awaitSuccess();

        assertThat(ended.path("network_policy").path("type").asString()).isEqualTo("isolated");
        assertThat(results(task)).contains("the-network-policy-of-this-task-is-isolated");
        assertThat(task.events("egress_decided")).as(task.story()).isEmpty();
    }

    @Test
    void aRestrictedTaskGetsAsFarAsItsList() {
        RunningTask task =
                titan.submit(Map.of("goal", RESTRICTED, "network_policy", Map.of("hosts", List.of("listed.example"))));

        JsonNode ended = task.awaitSuccess();

        assertThat(ended.path("network_policy").path("hosts").get(0).asString()).isEqualTo("listed.example");
        assertThat(results(task))
                .contains("listed.example:80: the host was not found")
                .contains("other.example:80 is refused by the network policy of this task");
        assertThat(task.events("egress_decided"))
                .as(task.story())
                .extracting(event -> "%s:%d %s"
                        .formatted(
                                event.path("data").path("host").asString(),
                                event.path("data").path("port").asInt(),
                                event.path("data").path("reason").asString()))
                .containsExactly(
                        "listed.example:80 not_found", "other.example:80 not_listed", "other.example:443 not_listed");
    }

    private static String results(RunningTask task) {
        StringBuilder results = new StringBuilder();
        task.events("tool_completed")
                .forEach(event ->
                        results.append(event.path("data").path("result").asString()));
        return results.toString();
    }
}
