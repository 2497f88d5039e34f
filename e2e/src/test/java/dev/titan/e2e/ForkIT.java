package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.system.TitanClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tasks that go on from others, with real files: what they begin with, what they do again, and what they leave alone. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class ForkIT {

    /** Names, kinds, modes, times and every byte of what is in the workspace in one number; only POSIX archives have nanoseconds. */
    private static final String FINGERPRINT =
            "find . -mindepth 1 -print0 | LC_ALL=C sort -z | tar --no-recursion --null -T - "
                    + "--format=posix --pax-option=delete=atime,delete=ctime,exthdr.name=%d/%f -cf - | sha256sum";

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final String ALL_SIX = "one\ntwo\nthree\nfour\nfive\nsix\n";

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(
                SandboxKind.LOCAL,
                Scripts.yaml("fork-six"),
                Scripts.yaml("fork-slow"),
                Scripts.yaml("fork-other"),
                Scripts.yaml("fork-key"));
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void aForkAtStepFourBeginsWithTheFilesOfThatMomentAndBothFinishOnTheirOwn() {
        RunningTask old = titan.submit(Map.of(
                "goal", "Build in six steps.", "context", Map.of("files", Map.of("fingerprint.sh", FINGERPRINT))));
        old.awaitSuccess();
        List<JsonNode> before = old.events();
        String own = old.artifact("own.txt");
        String afterFour = fingerprint(old, "four");

        RunningTask fork = begun("fork", old, Map.of("step", 4));
        fork.awaitSuccess();

        assertThat(steps(fork)).as(fork.story()).containsExactly("five", "six");
        assertThat(fingerprint(fork, "five"))
                .as("the workspace, byte for byte")
                .isEqualTo(afterFour)
                .isEqualTo(fingerprint(old, "five"))
                .isNotEqualTo(fingerprint(old, "six"));
        assertThat(result(fork, "five"))
                .contains("goes on from an earlier one", "Processes in the background are gone");
        assertThat(result(fork, "six")).doesNotContain("Note:");
        assertThat(fork.artifact("runs.txt")).isEqualTo(ALL_SIX);
        assertThat(fork.artifact("own.txt")).isNotEqualTo(own);
        assertThat(fork.client().task(fork.id()).path("artifacts").toString()).doesNotContain("fingerprint.sh");
        assertThat(old.events()).isEqualTo(before);
        assertThat(old.artifact("runs.txt")).isEqualTo(ALL_SIX);
        assertThat(old.artifact("own.txt")).isEqualTo(own);
        // Another step has another moment: with any other checkpoint these numbers would differ.
        RunningTask later = begun("fork", old, Map.of("step", "five"));
        RunningTask ofTheFork = begun("fork", fork, Map.of("step", "five"));
        later.awaitSuccess();
        ofTheFork.awaitSuccess();
        assertThat(steps(later)).containsExactly("six");
        assertThat(fingerprint(later, "six")).isEqualTo(fingerprint(old, "six"));
        assertThat(fingerprint(ofTheFork, "six"))
                .isEqualTo(fingerprint(fork, "six"))
                .isNotEqualTo(fingerprint(old, "six"));
    }

    @Test
    void aRunningTaskIsForkedWithAnotherGoal() {
        RunningTask slow = titan.submit("Build slowly.");
        slow.awaitOutput("begun");

        RunningTask fork = begun("fork", slow, Map.of("step", "quick", "goal", "Finish quickly."));
        fork.awaitSuccess();
        Answer early = post("fork", slow, Map.of("step", "slow"));

        assertThat(steps(fork)).containsExactly("finish");
        assertThat(fork.artifact("runs.txt")).isEqualTo("quick\nfinish\n");
        assertThat(early.status()).isEqualTo(409);
        assertThat(titan.client().ended(slow.id())).isFalse();
        titan.client().send("DELETE", "/v1/tasks/" + slow.id(), "");
        slow.awaitEnd();
    }

    @Test
    void aRetryDoesTheFailedStepAgainAndNoOther() {
        RunningTask old = titan.submit("Open the box.");
        old.awaitFailure("criteria_unmet");
        assertThat(old.artifact("runs.txt")).isEqualTo("go\nhalf\n");

        RunningTask retry = begun("retry", old, Map.of("message", "Use key 42."));
        retry.awaitSuccess();

        assertThat(steps(retry)).as(retry.story()).containsExactly("open");
        assertThat(retry.artifact("runs.txt")).isEqualTo("go\nopened\n");
        assertThat(old.artifact("runs.txt")).isEqualTo("go\nhalf\n");
    }

    /** The control: nobody tells the key, so the retry fails as the task did. */
    @Test
    void aRetryWithNothingNewFailsAgain() {
        RunningTask old = titan.submit("Open the box.");
        old.awaitFailure("criteria_unmet");

        RunningTask retry = begun("retry", old, Map.of());

        retry.awaitFailure("criteria_unmet");
        assertThat(retry.artifact("runs.txt")).isEqualTo("go\nhalf\n");
    }

    private static RunningTask begun(String verb, RunningTask from, Map<String, Object> body) {
        Answer answer = post(verb, from, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        assertThat(answer.json().path("forked_from").path("task").asString()).isEqualTo(from.id());
        return new RunningTask(titan.client(), answer.json().path("id").asString());
    }

    private static Answer post(String verb, RunningTask from, Map<String, Object> body) {
        return titan.client()
                .send(
                        "POST",
                        "/v1/tasks/%s/%s".formatted(from.id(), verb),
                        TitanJson.mapper().writeValueAsString(body));
    }

    /** Returns the steps in which a tool was called. */
    private static List<String> steps(RunningTask task) {
        return task.events("tool_called").stream()
                .map(event -> event.path("step_id").asString())
                .toList();
    }

    private static String result(RunningTask task, String step) {
        return task.events("tool_completed").stream()
                .filter(event -> event.path("step_id").asString().equals(step))
                .map(event -> event.path("data").path("result").asString())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result of step %s in %s".formatted(step, task.story())));
    }

    private static String fingerprint(RunningTask task, String step) {
        return SHA_256.matcher(result(task, step))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fingerprint of step %s in %s".formatted(step, task.story())));
    }
}
