package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Message.AskedCall;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.task.TaskId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptValidatorTest {

    private static final Topic TOPIC = new Topic(
            new TaskId("task-01890a5d-ac96-774b-bcce-b302099a8057"), "trace", "step/a", Prompt.EXECUTOR, null);

    private static final Message SYSTEM = new Message.Instructions("You are.", "executor/1");
    private static final Message USER = new Message.Question("Do it.");

    @Test
    void acceptsCallsThatHaveTheirResultsInAnyOrder() {
        assertThatCode(() -> check(SYSTEM, USER, calls("a", "b"), result("b"), result("a"), USER))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesACallWithoutResult() {
        assertThatThrownBy(() -> check(SYSTEM, USER, calls("a", "b"), result("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step/a")
                .hasMessageContaining("calls without results: [b]");
        assertThatThrownBy(() -> check(SYSTEM, USER, calls("a"), USER, result("a")))
                .hasMessageContaining("broken at 3");
        assertThatThrownBy(() -> check(SYSTEM, USER, calls("a"), calls("b"), result("b")))
                .hasMessageContaining("calls without results: [a]");
    }

    @Test
    void refusesAResultWithoutCall() {
        assertThatThrownBy(() -> check(SYSTEM, USER, result("a"))).hasMessageContaining("a result without a call: a");
        assertThatThrownBy(() -> check(SYSTEM, USER, calls("a"), result("a"), result("a")))
                .hasMessageContaining("a result without a call: a");
    }

    @Test
    void refusesTwoCallsOfOneId() {
        assertThatThrownBy(() -> check(SYSTEM, USER, calls("a", "a"), result("a")))
                .hasMessageContaining("two calls with one id: a");
    }

    private static void check(Message... messages) {
        TranscriptValidator.requireValid(TOPIC, List.of(messages));
    }

    private static Message calls(String... ids) {
        return new Message.Reply(
                1,
                "",
                Arrays.stream(ids).map(id -> new AskedCall(id, "shell", "{}")).toList(),
                "openai/any",
                Usage.NONE);
    }

    private static Message result(String id) {
        return new Message.Result(id, "shell", "ok", false);
    }
}
