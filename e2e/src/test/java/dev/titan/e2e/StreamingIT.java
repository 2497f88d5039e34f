package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.FaultRule;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.system.EventSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the executor's model says is seen while it talks, and kept nowhere but in the transcript. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class StreamingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** One word of it is enough to find it anywhere. */
    private static final String WORDS =
            "First I shall look at zanzibar, then I shall think about what I have seen there, and then I shall say it.";

    private static final Talker HELD_BACK = new Talker("Talk slowly.", List.of());
    private static final Talker BROKEN_OFF =
            new Talker("Talk twice.", List.of(new FaultRule(AskedRole.EXECUTOR, 1, 1, new Fault.BrokenOff())));

    private static TitanSystem titan;

    /**
     * Says the words and calls a tool, then answers. What follows the first piece of the first turn waits.
     *
     * @param rest opens for the rest
     */
    private record Talker(String goal, List<FaultRule> faults, CountDownLatch rest) implements ModelScript {

        Talker(String goal, List<FaultRule> faults) {
            this(goal, faults, new CountDownLatch(1));
        }

        @Override
        public String name() {
            return goal;
        }

        @Override
        public boolean plays(String other) {
            return other.equals(goal);
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            return request.results().isEmpty()
                    ? new ScriptedReply.Calls(
                            WORDS, List.of(new ScriptedReply.Call("shell", Map.of("command", "echo done"))))
                    : new ScriptedReply.Words("Done.");
        }

        @Override
        public void beforeEvent(AskedRole role, int event) throws InterruptedException {
            if (role == AskedRole.EXECUTOR && event == 2) {
                rest.await();
            }
        }
    }

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(SandboxKind.LOCAL, HELD_BACK, BROKEN_OFF);
    }

    @AfterAll
    static void stop() {
        HELD_BACK.rest().countDown();
        BROKEN_OFF.rest().countDown();
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void wordsAreSeenWhileTheModelStillTalksAndKeptNowhere() {
        RunningTask task = titan.submit(HELD_BACK.goal());
        try (EventSocket socket = socket(task)) {
            await().atMost(PATIENCE).until(() -> !deltas(socket, 1).isEmpty());
            JsonNode first = deltas(socket, 1).getFirst();
            assertThat(WORDS).startsWith(words(List.of(first)));
            assertThat(words(List.of(first))).isNotEmpty().isNotEqualTo(WORDS);
            assertThat(first.has("seq") || first.has("id")).isFalse();
            assertThat(first.path("step_id").asString()).isEqualTo("work");
            assertThat(task.events("usage_recorded")).as("the turn is not over").hasSize(2);

            HELD_BACK.rest().countDown();
            task.awaitSuccess();
            await().atMost(PATIENCE)
                    .until(() -> task.events().size() == socket.received().size());

            assertThat(words(deltas(socket, 1))).isEqualTo(WORDS);
            assertThat(words(deltas(socket, 2))).isEqualTo("Done.");
            List<JsonNode> all = socket.everything();
            assertThat(all.indexOf(deltas(socket, 1).getLast()))
                    .as("before the event that ends the turn")
                    .isLessThan(indexOfUsage(all, 1));
        }
        assertThat(task.events())
                .extracting(event -> event.path("type").asString())
                .doesNotContain("model_delta", "attempt_restarted");
        assertThat(task.story()).doesNotContain("zanzibar");
        String history = TemporalUi.of(titan.home()).historyText(task.id());
        assertThat(history).as("what is looked through").contains("nextTurn", task.id() + "\"", "\"step\":\"work\"");
        assertThat(history).doesNotContain("zanzibar");
    }

    @Test
    void anAnswerThatBreaksOffIsVoidAndBeginsAnew() {
        BROKEN_OFF.rest().countDown();
        RunningTask task = titan.submit(BROKEN_OFF.goal());
        try (EventSocket socket = socket(task)) {
            task.awaitSuccess();
            await().atMost(PATIENCE)
                    .until(() -> task.events().size() == socket.received().size());

            List<JsonNode> turn = socket.everything().stream()
                    .filter(message -> message.path("turn").asInt() == 1 && !message.has("seq"))
                    .toList();
            List<JsonNode> before = turn.stream()
                    .takeWhile(message -> !message.path("type").asString().equals("attempt_restarted"))
                    .toList();
            assertThat(words(before)).isNotEmpty().isNotEqualTo(WORDS);
            assertThat(WORDS).startsWith(words(before));
            assertThat(before)
                    .allMatch(delta -> delta.path("data").path("attempt").asInt() == 1);
            assertThat(turn.get(before.size()).path("data").path("attempt").asInt())
                    .isEqualTo(2);
            List<JsonNode> after = turn.subList(before.size() + 1, turn.size());
            assertThat(words(after)).isEqualTo(WORDS);
            assertThat(after.getFirst().path("data").path("offset").asLong(-1)).isZero();
            assertThat(after)
                    .allMatch(delta -> delta.path("data").path("attempt").asInt() == 2);
        }
    }

    private static EventSocket socket(RunningTask task) {
        return new EventSocket(titan.process().api(), "dev-key-123", task.id(), 0);
    }

    private static List<JsonNode> deltas(EventSocket socket, int turn) {
        return socket.everything().stream()
                .filter(message -> message.path("type").asString().equals("model_delta"))
                .filter(message -> message.path("turn").asInt() == turn)
                .toList();
    }

    private static String words(List<JsonNode> deltas) {
        return deltas.stream()
                .map(delta -> delta.path("data").path("text").asString())
                .collect(Collectors.joining());
    }

    private static int indexOfUsage(List<JsonNode> all, int turn) {
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).path("type").asString().equals("usage_recorded")
                        && all.get(i).path("turn").asInt() == turn
                        && all.get(i).path("data").path("role").asString().equals("executor"))
                .findFirst()
                .orElseThrow();
    }
}
