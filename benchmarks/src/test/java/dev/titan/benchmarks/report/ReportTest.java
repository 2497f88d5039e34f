package dev.titan.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReportTest {

    private static final Line QUICK =
            new Line("warm command", "docker", Unit.MILLISECONDS, Samples.of(List.of(2.0, 1.25, 30.0)), Bar.p50(3));
    private static final Line LATE =
            new Line("destroy", "docker", Unit.MILLISECONDS, Samples.of(List.of(301.0)), Bar.p95(300));
    private static final Line COMPARED =
            new Line("docker exec", "plain docker", Unit.MILLISECONDS, Samples.of(List.of(60.0)), null);
    private static final Report REPORT = new Report(
            Instant.parse("2026-11-29T15:00:00Z"),
            Duration.ofMillis(90_500),
            new Machine(2, 24_105, "6.18", "25.0.3", "Docker 20.10.24", 0.5),
            List.of(QUICK, LATE, COMPARED),
            List.of(new Ratio(COMPARED, QUICK, 2.0)),
            List.of("local is left out"));

    @Test
    void printsTheMachineAndTheBarBesideEachLine() {
        assertThat(Table.of(REPORT)).isEqualTo("""
                2 cores, 24,105 MiB, Linux 6.18, Java 25.0.3
                Docker 20.10.24
                load average before the run 0.50; 2026-11-29T15:00:00Z, took 90 s

                operation                              where              n       min       p50       p95       max       bar
                warm command                           docker             3      1.25      2.00      30.0      30.0 ms    p50 <= 3 met
                destroy                                docker             1       301       301       301       301 ms    p95 <= 300 MISSED
                docker exec                            plain docker       1      60.0      60.0      60.0      60.0 ms

                docker exec (plain docker) takes 30.0 times as long as warm command (docker); bar <= 2 MISSED
                Note: local is left out
                """);
    }

    @Test
    void writesTheSameAsJson() {
        JsonNode json = TitanJson.mapper().readTree(Json.of(REPORT));

        assertThat(json.path("machine").path("memory_mib").asInt()).isEqualTo(24_105);
        assertThat(json.path("lines")).hasSize(3);
        JsonNode late = json.path("lines").path(1);
        assertThat(late.path("p95").asDouble()).isEqualTo(301);
        assertThat(late.path("bar").path("most").asDouble()).isEqualTo(300);
        assertThat(late.path("bar").path("met").asBoolean(true)).isFalse();
        assertThat(json.path("lines").path(2).has("bar")).isFalse();
        assertThat(json.path("ratios").path(0).path("times").asDouble()).isEqualTo(30);
        assertThat(json.path("ratios").path(0).path("met").asBoolean(true)).isFalse();
        assertThat(json.path("took_ms").asLong()).isEqualTo(90_500);
    }
}
