package dev.titan.sandboxd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolJsonTest {

    @Test
    void aRequestReadsAsDocumented() {
        assertThat(json(new ExecRequest(List.of("ls", "-l"), "/work", Map.of("A", "b"), 30_000, "hello")))
                .isEqualTo("{\"argv\":[\"ls\",\"-l\"],\"workdir\":\"/work\",\"env\":{\"A\":\"b\"},"
                        + "\"timeout_ms\":30000,\"stdin\":\"hello\"}");
    }

    @Test
    void aRunningStateHasNoEnd() {
        var state = new ExecState("k", true, null, 12, 3, "abc".getBytes(StandardCharsets.UTF_8), 3, null);

        assertThat(json(state))
                .isEqualTo("{\"key\":\"k\",\"running\":true,\"took_ms\":12,\"bytes_total\":3,"
                        + "\"chunk\":\"YWJj\",\"next_offset\":3}");
    }

    @Test
    void aFinishedStateSurvivesTheJourney() {
        var output = new ExecResult.Output("abc", null, 3, 0);
        var state = new ExecState("k", false, new ExecResult.End.Exited(1), 12, 3, new byte[0], 3, output);

        assertThat(TitanJson.mapper().readValue(json(state), ExecState.class))
                .usingRecursiveComparison()
                .isEqualTo(state);
    }

    @Test
    void everyProblemWithAFileHasItsRefusal() {
        assertThat(FileReply.Problem.values())
                .allSatisfy(problem ->
                        assertThat(Refusal.Kind.of(problem).fileProblem()).contains(problem));
        assertThat(Arrays.stream(Refusal.Kind.values())
                        .filter(kind -> kind.fileProblem().isPresent()))
                .hasSameSizeAs(FileReply.Problem.values());
        assertThat(json(new Refusal(Refusal.Kind.OUTSIDE_WORKSPACE, "../x lies outside")))
                .isEqualTo("{\"problem\":\"outside_workspace\",\"detail\":\"../x lies outside\"}");
    }

    private static String json(Object value) {
        return TitanJson.mapper().writeValueAsString(value);
    }
}
