package dev.titan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.json.TitanJson;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The program as a process, one sample of everything. Says nothing of how long anything takes. */
@Tag("docker")
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class BenchIT {

    /** Two sandboxes of each kind, or whole processes, on a host that does much else beside. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsBothEngines() throws Exception {
        Assumptions.assumeThat(!Boolean.getBoolean("titan.skipMissing")
                        || (succeeds("docker", "version") && succeeds("bwrap", "--version")))
                .as("Docker and bubblewrap are there, or missing them is to fail")
                .isTrue();
    }

    @Test
    void measuresEveryLineOnceAndLeavesNothing() throws Exception {
        Process bench = bench("--rounds", "1", "--idle", "1", "--settle", "0", "--json");

        assertThat(bench.waitFor(PATIENCE)).isTrue();

        assertThat(bench.exitValue()).as(said()).isZero();
        JsonNode report = TitanJson.mapper().readTree(Files.readString(directory.resolve("out")));
        assertThat(report.path("notes").valueStream().map(JsonNode::asString))
                .noneMatch(note -> note.contains("left out"));
        assertThat(report.path("machine").path("cores").asInt()).isPositive();
        assertThat(report.path("lines")
                        .valueStream()
                        .map(line -> line.path("where").asString()))
                .contains("docker", "local", "plain docker");
        assertThat(report.path("lines").valueStream())
                .allSatisfy(line -> assertThat(line.path("n").asInt()).isOne());
        assertThat(report.path("ratios")).isNotEmpty();
        assertNothingIsLeft();
    }

    @Test
    void measuresTheLoopInBothLanes() throws Exception {
        Process bench = start("loop", "--steps", "12", "--rounds", "1", "--warm-up", "1", "--on", "local", "--json");

        assertThat(bench.waitFor(PATIENCE)).isTrue();

        assertThat(bench.exitValue()).as(said()).isZero();
        JsonNode report = TitanJson.mapper().readTree(Files.readString(directory.resolve("out")));
        assertThat(report.path("lines")
                        .valueStream()
                        .map(line -> line.path("where").asString()))
                .containsExactly(
                        "regular",
                        "regular",
                        "two",
                        "two",
                        "local, regular",
                        "local, regular",
                        "local, regular",
                        "local, regular",
                        "local, two",
                        "local, two",
                        "local, two",
                        "local, two");
        assertThat(report.path("lines").valueStream())
                .allSatisfy(line -> assertThat(line.path("n").asInt()).isPositive());
        assertThat(report.path("ratios")).hasSize(2);
    }

    @Test
    void leavesNothingWhenItIsStopped() throws Exception {
        Process bench = bench("--on", "docker");
        await().atMost(PATIENCE).until(() -> !containers().isEmpty() || !bench.isAlive());

        // Ctrl-C takes the same way, but a process that was started in the background may have been told to ignore it.
        bench.destroy();

        assertThat(bench.waitFor(PATIENCE)).isTrue();
        assertThat(bench.exitValue()).as(said()).isEqualTo(143);
        assertNothingIsLeft();
    }

    private Process bench(String... arguments) throws IOException {
        return start(Stream.concat(Stream.of("sandbox", "--home", home().path().toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-D%s=%s".formatted(SandboxdDistribution.SETTING, System.getProperty(SandboxdDistribution.SETTING)),
                "-Dtitan.root=" + System.getProperty("titan.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private TitanHome home() {
        return new TitanHome(directory.resolve("home"));
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(containers()).isEmpty();
        try (Stream<Path> places = Files.list(home().run())) {
            assertThat(places).isEmpty();
        }
    }

    private List<String> containers() throws IOException {
        if (!Files.exists(home().hostIdFile())) {
            return List.of();
        }
        Process docker = new ProcessBuilder(
                        "docker", "ps", "--all", "--quiet", "--filter", "label=dev.titan.instance=" + HostId.of(home()))
                .redirectErrorStream(true)
                .start();
        return new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
