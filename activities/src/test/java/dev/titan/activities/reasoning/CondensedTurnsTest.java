package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.task.TaskId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CondensedTurnsTest {

    private static final Topic TOPIC = new Topic(
            new TaskId("task-00000000-0000-0000-0000-000000000001"),
            "0123456789abcdef0123456789abcdef",
            "step/work",
            Prompt.EXECUTOR,
            null);

    private static final int CONVERSATIONS = 300;

    @Test
    void neverSeparatesACallFromItsResult() {
        assertThat(IntStream.range(0, CONVERSATIONS).boxed()).allSatisfy(CondensedTurnsTest::keepsPairsTogether);
    }

    private static void keepsPairsTogether(int seed) {
        Random random = new Random(seed);
        List<Message> log = conversation(random, random.nextInt(1, 30));
        OptionalInt cut = CondensedTurns.cut(log, 0, random.nextInt(1, 20_000));
        if (cut.isEmpty()) {
            assertThat(turns(log))
                    .as("a conversation with older turns can be shortened")
                    .isLessThan(2);
            return;
        }
        CondensedTurns condensed = new CondensedTurns(cut.getAsInt(), "It went well.");
        List<Message> shown = condensed.of(log);

        assertThat(condensed.fits(log)).isTrue();
        TranscriptValidator.requireValid(TOPIC, closed(shown));
        assertThat(shown.getFirst()).isEqualTo(log.getFirst());
        assertThat(shown.get(1)).isInstanceOf(Message.Question.class);
        assertThat(shown.get(2)).as("roles alternate").isInstanceOf(Message.Reply.class);
        assertThat(shown.getLast()).as("what is under way is shown").isEqualTo(log.getLast());
        assertThat(turns(shown)).isBetween(1L, 3L);
        assertThat(((Message.Question) shown.get(1)).text())
                .startsWith(((Message.Question) log.get(1)).text())
                .contains("It went well.");
    }

    @Test
    void staysTheSameWhileTheConversationGoesOn() {
        assertThat(IntStream.range(0, CONVERSATIONS).boxed()).allSatisfy(CondensedTurnsTest::keepsItsBeginning);
    }

    private static void keepsItsBeginning(int seed) {
        Random random = new Random(seed);
        List<Message> log = conversation(random, 25);
        OptionalInt cut = CondensedTurns.cut(log, 0, 5_000);
        CondensedTurns condensed = new CondensedTurns(cut.orElseThrow(), "It went well.");
        List<Message> longer = new ArrayList<>(closed(log));
        longer.addAll(conversation(random, 3).subList(2, 4));

        List<Message> before = condensed.of(log);
        assertThat(condensed.of(longer).subList(0, before.size())).isEqualTo(before);
    }

    @Test
    void shortensWhatHasBeenShortenedBeforeFromThereOn() {
        List<Message> log = conversation(new Random(1), 20);
        int first = CondensedTurns.cut(log, 0, 1).orElseThrow();
        List<Message> longer = new ArrayList<>(closed(log));
        longer.addAll(conversation(new Random(2), 6).subList(2, 8));
        int second = CondensedTurns.cut(longer, first, 1).orElseThrow();

        assertThat(second).isGreaterThan(first);
        assertThat(CondensedTurns.older(longer, first, second)).first().isInstanceOf(Message.Reply.class);
        assertThat(CondensedTurns.cut(log, first, 1))
                .as("nothing is older than the turns kept")
                .isEmpty();
    }

    @Test
    void keepsTheLastTurnHoweverLargeAndNoneBesideItThatDoesNotFit() {
        List<Message> log = List.of(
                new Message.Instructions("Do.", "executor/2"),
                new Message.Question("opening"),
                calls(1, "a"),
                result("a", 10),
                calls(2, "b"),
                result("b", 10),
                calls(3, "c"),
                result("c", 100_000));

        assertThat(CondensedTurns.cut(log, 0, 1_000)).hasValue(6);
        assertThat(CondensedTurns.cut(log, 0, 1_000_000)).hasValue(4);
        assertThat(CondensedTurns.cut(log.subList(0, 4), 0, 1))
                .as("one turn alone")
                .isEmpty();
        assertThat(CondensedTurns.cut(log.subList(0, 2), 0, 1)).as("no turn").isEmpty();
    }

    @Test
    void keepsTheUsersWordsAndTheNewestPlan() {
        List<Message> log = List.of(
                new Message.Instructions("Do.", "executor/2"),
                new Message.Question("opening"),
                calls(1, "a"),
                result("a", 10),
                new Message.Question("<message_from_the_user>Never use npm.</message_from_the_user>"),
                calls(2, "b"),
                result("b", 10),
                new Message.Question(CondensedTurns.REVISED + "\nfirst"),
                calls(3, "c"),
                result("c", 10),
                new Message.Question(CondensedTurns.REVISED + "\nsecond"),
                calls(4, "d"),
                result("d", 10));

        assertThat(new CondensedTurns(11, "So far so good.").of(log).get(1)).isEqualTo(new Message.Question("""
                        opening
                        The plan was revised.
                        second
                        <message_from_the_user>Never use npm.</message_from_the_user>
                        <summary_of_your_turns>So far so good.</summary_of_your_turns>
                        That summary takes the place of your turns so far, but the last ones. Go on with the step."""));
    }

    @Test
    void aUserWhoHasSaidALotIsHeardToTheEnd() {
        List<Message> log = new ArrayList<>(
                List.of(new Message.Instructions("Do.", "executor/2"), new Message.Question("opening")));
        for (int turn = 1; turn <= 20; turn++) {
            log.add(calls(turn, "call-" + turn));
            log.add(result("call-" + turn, 10));
            log.add(new Message.Question(Wording.tag("message_from_the_user", turn + " " + "x".repeat(5_000))));
        }
        int cut = CondensedTurns.cut(log, 0, 1).orElseThrow();

        String opening =
                ((Message.Question) new CondensedTurns(cut, "s").of(log).get(1)).text();
        assertThat(opening.length()).isLessThan(9_000);
        assertThat(opening).contains("<message_from_the_user>19 ").doesNotContain("<message_from_the_user>1 ");
    }

    @Test
    void aSummaryOfMoreThanIsThereIsNotShown() {
        List<Message> log = conversation(new Random(3), 10);

        assertThat(new CondensedTurns(log.size(), "s").fits(log)).isFalse();
        assertThat(new CondensedTurns(log.size() + 5, "s").fits(log)).isFalse();
        assertThat(new CondensedTurns(1, "s").fits(log)).isFalse();
    }

    @Test
    void theSummarizerReadsEveryTurnInLittleRoom() {
        List<Message> log = new ArrayList<>();
        for (int turn = 1; turn <= 40; turn++) {
            log.add(calls(turn, "call-" + turn));
            log.add(result("call-" + turn, 20_000));
        }

        String words = OlderTurns.worded(log, 30_000);
        assertThat(TokenEstimate.bytes(words)).isLessThanOrEqualTo(30_000);
        assertThat(words.split("<call>", -1)).as("no turn is left out").hasSize(41);
        assertThat(words).contains("characters left out");
        assertThat(TokenEstimate.bytes(OlderTurns.worded(log, 1_000))).isLessThanOrEqualTo(1_000);
    }

    /** Instructions, an opening and turns: calls side by side, words alone, what the user or the loop says in between. */
    private static List<Message> conversation(Random random, int turns) {
        List<Message> log = new ArrayList<>();
        log.add(new Message.Instructions("Do.", "executor/2"));
        log.add(new Message.Question("opening " + "o".repeat(random.nextInt(500))));
        for (int turn = 1; turn <= turns; turn++) {
            String[] ids = new String[random.nextInt(4)];
            for (int call = 0; call < ids.length; call++) {
                ids[call] = "call_" + turn + "_" + call;
            }
            log.add(calls(turn, ids));
            if (turn == turns && random.nextBoolean()) {
                break; // the results of the last turn are added when it is taken
            }
            for (String id : ids) {
                log.add(result(id, random.nextInt(3_000)));
            }
            if (random.nextInt(4) == 0) {
                log.add(new Message.Question("<message_from_the_user>Hurry.</message_from_the_user>"));
            } else if (ids.length == 0) {
                log.add(new Message.Question("Go on with the step."));
            }
        }
        return log;
    }

    private static List<Message> closed(List<Message> messages) {
        if (messages.getLast() instanceof Message.Reply last) {
            List<Message> all = new ArrayList<>(messages);
            last.calls().forEach(call -> all.add(result(call.id(), 10)));
            return all;
        }
        return messages;
    }

    private static long turns(List<Message> messages) {
        return messages.stream().filter(Message.Reply.class::isInstance).count();
    }

    private static Message calls(int turn, String... ids) {
        return new Message.Reply(
                turn,
                "",
                Arrays.stream(ids)
                        .map(id -> new Message.AskedCall(id, "shell", "{\"command\": \"ls\"}"))
                        .toList(),
                "openai/any",
                Usage.NONE);
    }

    private static Message result(String id, int chars) {
        return new Message.Result(id, "shell", "r".repeat(chars), false);
    }
}
