package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that make no sense get a problem that names the field, and start nothing. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class BadRequestIT {

    private static final String UNKNOWN = "/v1/tasks/task-01234567-89ab-7def-8123-456789abcdef";

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(SandboxKind.LOCAL);
    }

    /** Whatever was refused has left no trace, neither in the database nor in Temporal. */
    @AfterAll
    static void stop() {
        if (titan != null) {
            try (TitanSystem system = titan) {
                assertThat(system.client().send("GET", "/v1/tasks", "").json().path("data"))
                        .isEmpty();
                assertThat(TemporalUi.of(system.home()).workflows()).isEmpty();
                assertThat(system.model().requests().count()).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                              | goal
                    {"goal": ""}                                    | goal
                    {"goal": 7}                                     | goal
                    {"goal": "x", "tools": ["telepathy"]}           | tools
                    {"goal": "x", "tools": "shell"}                 | tools
                    {"goal": "x", "context": {"files": []}}         | context.files
                    {"goal": "x", "context": {"files": {"../a": ""}}} | context.files
                    {"goal": "x", "budget": {"max_steps": "many"}}  | budget.max_steps
                    {"goal": "x", "budget": {"max_steps": 0}}       | budget.max_steps
                    {"goal": "x", "success_criteria": [{}]}         | success_criteria
                    {"goal": "x", "gaol": "y"}                      | gaol
                    """)
    void namesTheFieldThatIsWrong(String body, String field) {
        Answer answer = titan.client().send("POST", "/v1/tasks", body);

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer);
        assertThat(answer.json().path("errors"))
                .as("%s", answer.json())
                .anyMatch(error -> error.path("field").asString().startsWith(field));
    }

    @Test
    void refusesAGoalOfTwoMegabytes() {
        String body = TitanJson.mapper().writeValueAsString(Map.of("goal", "g".repeat(2_000_000)));

        Answer answer = titan.client().send("POST", "/v1/tasks", body);

        assertThat(answer.status()).isEqualTo(413);
        assertProblem(answer);
        assertThat(answer.json().path("detail").asString()).contains("goal");
    }

    @Test
    void refusesACallerWithoutAValidKey() {
        for (String key : new String[] {"", "wrong-key"}) {
            TitanClient stranger = new TitanClient(titan.process().api(), key);

            Answer answer = stranger.send("POST", "/v1/tasks", "{\"goal\": \"x\"}");

            assertThat(answer.status()).isEqualTo(401);
            assertProblem(answer);
        }
    }

    @Test
    void knowsNoTaskThatWasNeverAccepted() {
        for (String method : new String[] {"GET", "DELETE"}) {
            Answer answer = titan.client().send(method, UNKNOWN, "");

            assertThat(answer.status()).isEqualTo(404);
            assertProblem(answer);
            assertThat(answer.json().path("detail").asString()).contains("task-01234567");
        }
    }

    private static void assertProblem(Answer answer) {
        assertThat(answer.mediaType()).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().path("type").asString()).startsWith("urn:titan:problem:");
        assertThat(answer.json().path("title").asString()).isNotBlank();
        assertThat(answer.json().path("detail").asString()).isNotBlank();
    }
}
