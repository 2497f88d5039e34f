package dev.titan.dev.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** {@code docker-compose.yml} as the real program understands it; nothing is started. */
@Tag("compose")
class ComposeFileIT {

    private static final Path ROOT = Path.of(System.getProperty("titan.root", ".."));

    private static JsonNode services = TitanJson.mapper().createObjectNode();

    @BeforeAll
    static void readConfig() throws Exception {
        List<String> compose = composeProgram();
        String yaml = output(Stream.concat(
                        compose.stream(),
                        Stream.of("-f", ROOT.resolve("docker-compose.yml").toString(), "config"))
                .toList());
        services =
                TitanJson.mapper().<JsonNode>valueToTree(new Yaml().load(yaml)).path("services");
    }

    @Test
    void startsEveryPartOfTitan() {
        assertThat(services.propertyNames())
                .containsExactlyInAnyOrder(
                        "postgres",
                        "temporal-schema",
                        "temporal",
                        "temporal-namespace",
                        "temporal-ui",
                        "api",
                        "worker",
                        "sandbox");
        assertThat(Stream.of("api", "worker", "sandbox")
                        .map(role -> services.path(role).path("image").asString()))
                .containsOnly("titan:0.1.0");
    }

    @Test
    void letsOnlyTheSandboxRoleSeeTheContainerEngine() {
        List<String> withEngine = services.properties().stream()
                .filter(service -> service.getValue().toString().contains("docker.sock"))
                .map(service -> service.getKey())
                .toList();

        assertThat(withEngine).containsExactly("sandbox");
    }

    @Test
    void publishesNothingBeyondThisMachine() {
        assertThat(services.properties().stream()
                        .flatMap(service -> service.getValue().path("ports").valueStream())
                        .map(JsonNode::toString))
                .isNotEmpty()
                .allMatch(port -> port.contains("127.0.0.1"));
    }

    private static List<String> composeProgram() throws Exception {
        for (List<String> program : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            List<String> version = new ArrayList<>(program);
            version.add("version");
            try {
                output(version);
                return program;
            } catch (IOException absent) {
                // The other one may be there.
            }
        }
        String message = "neither `docker compose` nor `docker-compose` is installed";
        return Boolean.getBoolean("titan.skipMissing") ? abort(message) : fail(message);
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " exited with " + process.exitValue());
        }
        return output;
    }
}
