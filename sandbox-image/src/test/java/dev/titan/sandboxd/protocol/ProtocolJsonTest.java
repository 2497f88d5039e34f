package dev.titan.sandboxd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.TerminalSize;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolJsonTest {

    @Test
    void aRequestReadsAsDocumented() {
        assertThat(json(new ExecRequest(
                        List.of("ls", "-l"), "/work", Map.of("A", "b"), 30_000, new Input.Given("hello"))))
                .isEqualTo("{\"argv\":[\"ls\",\"-l\"],\"workdir\":\"/work\",\"env\":{\"A\":\"b\"},"
                        + "\"timeout_ms\":30000,\"input\":{\"type\":\"given\",\"text\":\"hello\"}}");
    }

    @Test
    void everyKindOfInputKeepsItsName() {
        var inputs = List.of(new Input.Given("x"), new Input.Open(), new Input.Terminal(new TerminalSize(80, 24)));

        assertThat(inputs)
                .extracting(ProtocolJsonTest::json)
                .containsExactly(
                        "{\"type\":\"given\",\"text\":\"x\"}",
                        "{\"type\":\"open\"}",
                        "{\"type\":\"terminal\",\"size\":{\"columns\":80,\"rows\":24}}");
        assertThat(inputs)
                .allSatisfy(input -> assertThat(TitanJson.mapper().readValue(json(input), Input.class))
                        .isEqualTo(input));
        assertThat(inputs).hasSameSizeAs(Input.class.getPermittedSubclasses());
    }

    @Test
    void aListingReadsAsDocumented() {
        var running = new ExecListing.Line("t/s/1/0", "sleep 60", null, 12, 3, 1);
        var over = new ExecListing.Line("t/s/0/0", "true", new ExecResult.End.Exited(0), 2, 0, 0);

        assertThat(json(new ExecListing(List.of(running, over), true)))
                .isEqualTo("{\"commands\":[{\"key\":\"t/s/1/0\",\"command_line\":\"sleep 60\",\"took_ms\":12,"
                        + "\"bytes_total\":3,\"processes\":1},{\"key\":\"t/s/0/0\",\"command_line\":\"true\","
                        + "\"end\":{\"type\":\"exited\",\"status\":0},\"took_ms\":2,\"bytes_total\":0,"
                        + "\"processes\":0}],\"truncated\":true}");
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
