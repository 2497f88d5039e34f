package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is shown of a step's conversation once its older turns have been summarised: the instructions, the opening with
 * the user's messages and the summary, and the newest turns as they were. It follows from the log and the summary alone,
 * so every attempt shows the same, and every next turn the same with its own messages behind it.
 *
 * @param before index in the log of the reply from which on everything is shown as it was
 * @param summary what is shown of the turns before
 */
record CondensedTurns(int before, String summary) {

    /** How a question begins that tells a step of a revised plan; it holds the step's new opening. */
    static final String REVISED = "The plan was revised.";

    /** Enough to go on with what is under way; what came before is in the summary. */
    private static final int TURNS_KEPT_MAX = 3;

    /** What a user has said while the step was under way is kept by its words, as far as it is short. */
    private static final int SAID_CHARS_MAX = 8_000;

    private static final int MESSAGE_CHARS_MAX = 2_000;

    private static final String SAID = "<message_from_the_user>";

    /** The instructions and the opening. */
    private static final int FIRST = 2;

    /** Returns whether the log has the turn from which on it is shown; a copied log may end before. */
    boolean fits(List<Message> log) {
        return before > FIRST && before < log.size() && log.get(before) instanceof Message.Reply;
    }

    /** Returns what is shown of the log. */
    List<Message> of(List<Message> log) {
        List<Message> shown = new ArrayList<>();
        shown.add(log.getFirst());
        shown.add(new Message.Question(opening(log)));
        shown.addAll(log.subList(before, log.size()));
        return shown;
    }

    private String opening(List<Message> log) {
        List<String> questions = log.subList(1, before).stream()
                .filter(Message.Question.class::isInstance)
                .map(message -> ((Message.Question) message).text())
                .toList();
        Stream<String> revised = questions.reversed().stream()
                .filter(text -> text.startsWith(REVISED))
                .limit(1);
        return Stream.of(
                        Stream.of(questions.getFirst()),
                        revised,
                        said(questions.subList(1, questions.size())),
                        Stream.of(
                                Wording.tag("summary_of_your_turns", summary),
                                "That summary takes the place of your turns so far, but the last ones. Go on with the step."))
                .flatMap(texts -> texts)
                .collect(Collectors.joining("\n"));
    }

    /** The newest are kept when not all fit. */
    private static Stream<String> said(List<String> questions) {
        Deque<String> kept = new ArrayDeque<>();
        int room = SAID_CHARS_MAX;
        for (String text : questions.reversed()) {
            if (text.startsWith(SAID)) {
                String words = Wording.shortened(text, MESSAGE_CHARS_MAX);
                room -= words.length();
                if (room < 0) {
                    break;
                }
                kept.addFirst(words);
            }
        }
        return kept.stream();
    }

    /**
     * Returns the index of the first message to be kept: a reply, so that no call is separated from its result. The last
     * turn is kept whatever its size, and at most two before it as far as they fit. Empty when there is no older turn.
     *
     * @param from the first message that is not summarised yet
     * @param keptBytesMax what is kept, at most
     */
    static OptionalInt cut(List<Message> log, int from, long keptBytesMax) {
        List<Integer> turns = IntStream.range(Math.max(from, FIRST), log.size())
                .filter(i -> log.get(i) instanceof Message.Reply)
                .boxed()
                .toList();
        OptionalInt cut = OptionalInt.empty();
        for (int kept = 1; kept <= TURNS_KEPT_MAX && kept < turns.size(); kept++) {
            int start = turns.get(turns.size() - kept);
            if (kept > 1 && TokenEstimate.bytes(log.subList(start, log.size())) > keptBytesMax) {
                break;
            }
            cut = OptionalInt.of(start);
        }
        return cut;
    }

    /** Returns what of the log the cut takes away. */
    static List<Message> older(List<Message> log, int from, int cut) {
        return log.subList(Math.max(from, FIRST), cut);
    }
}
