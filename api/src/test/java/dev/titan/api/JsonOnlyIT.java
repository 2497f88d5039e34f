package dev.titan.api;

import static dev.titan.api.ApiIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.TestApi.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Libraries bring a YAML mapping along, which a web server takes up by itself: a second way in that nobody checks. */
@Tag("postgres")
class JsonOnlyIT {

    private static final String YAML = "application/yaml";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(Map.of());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** The control: what follows would be no test if nothing could write YAML here. */
    @Test
    void aMappingOfYamlIsThere() {
        assertThat(api.bean(RequestMappingHandlerAdapter.class).getMessageConverters())
                .anyMatch(converter -> converter.canWrite(Map.class, MediaType.parseMediaType(YAML)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tasks",
                "/v1/tasks/none",
                "/health",
                "/ready",
                "/metrics",
                "/openapi.json",
                "/openapi.json.yaml",
                "/openapi.yaml",
                "/none"
            })
    void answersNothingInYaml(String path) {
        Answer answer = api.send(api.request(path).header("Accept", YAML).GET());
        assertThat(answer.header("Content-Type")).as("%s", answer).doesNotContain("yaml");
    }

    @Test
    void takesNoYaml() {
        String body = new YAMLMapper().writeValueAsString(Map.of("goal", "say hello"));

        Answer answer =
                api.send(api.request("/v1/tasks").header("Content-Type", YAML).POST(BodyPublishers.ofString(body)));

        assertThat(answer.status()).isEqualTo(415);
        assertProblem(answer, "unsupported_media_type");
    }
}
