package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.TaskId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Asks the summarizer, and finds what it has written. A summary is a conversation of its own, so whoever needs it again,
 * such as a repeated attempt, finds it and does not pay twice. Thread-safe.
 */
final class Summaries {

    private static final String ALL = "summary/";

    /** Enough of a head to know who asked, and the whole of one that stands for turns. */
    private static final int HEAD_CHARS_MAX = 200;

    /** Models count words better than tokens; English has three to four tokens. */
    private static final int WORDS_OF_FOUR_TOKENS = 3;

    /** What a viewer of the log is shown of a summary. */
    private static final int EVENT_CHARS_MAX = 2_000;

    private final Records records;
    private final Dialogue dialogue;
    private final Clock clock;

    Summaries(Records records, Dialogue dialogue, Clock clock) {
        this.records = records;
        this.dialogue = dialogue;
        this.clock = clock;
    }

    /**
     * Returns the summary of that name, which is asked for when there is none yet.
     *
     * @param asking what is being asked when the summary is needed
     * @param name of the summary, below {@code summary/}
     * @param covers what it takes the place of
     * @param tokens how long it may be
     * @param rest what is to be summarised
     */
    String write(Topic asking, String name, String covers, long tokens, Supplier<String> rest) {
        String conversation = ALL + name;
        Topic topic = new Topic(
                asking.task(),
                asking.traceId(),
                conversation,
                Prompt.SUMMARIZER,
                asking.model(),
                asking.step(),
                asking.turn());
        String head = SummaryHead.of(asking, covers).line();
        String summary = dialogue.words(
                topic,
                () -> String.join(
                        "\n", head, Wording.tag("at_most", tokens * WORDS_OF_FOUR_TOKENS / 4 + " words"), rest.get()));
        var event = new TaskEvent.ContextSummarized(Wording.shortened(summary, EVENT_CHARS_MAX));
        records.events()
                .append(
                        asking.task(),
                        asking.traceId(),
                        List.of(new PendingEvent(
                                "context_summarized/" + conversation,
                                clock.instant(),
                                asking.step(),
                                asking.turn(),
                                event)));
        return summary;
    }

    /**
     * Returns what the summaries stand for whose names begin with the prefix, by name.
     *
     * @param charsMax how much of each head is read
     */
    Map<String, SummaryHead> heads(TaskId task, String prefix, int charsMax) {
        Map<String, SummaryHead> heads = new TreeMap<>();
        records.transcript()
                .openings(task, ALL + prefix, charsMax)
                .forEach((conversation, opening) ->
                        heads.put(conversation.substring(ALL.length()), SummaryHead.read(opening)));
        return heads;
    }

    /** Returns the heads of all summaries of a task, by name; of a long one the beginning. */
    Map<String, SummaryHead> heads(TaskId task) {
        return heads(task, "", HEAD_CHARS_MAX);
    }

    /** Returns a stored summary. */
    String read(TaskId task, String name) {
        return replies(task, name).getLast().text();
    }

    /** Returns what the summaries cost that were needed to ask this. */
    Spent spent(Topic asking) {
        return spent(asking, heads(asking.task()));
    }

    /** Returns what those of the task's summaries cost that were needed to ask this. */
    Spent spent(Topic asking, Map<String, SummaryHead> heads) {
        String askedIn = SummaryHead.askedIn(asking);
        return heads.entrySet().stream()
                .filter(entry -> entry.getValue().askedIn().equals(askedIn))
                .flatMap(entry -> replies(asking.task(), entry.getKey()).stream())
                .map(Dialogue::spent)
                .reduce(Spent.NOTHING, Spent::plus);
    }

    private List<Message.Reply> replies(TaskId task, String name) {
        return Dialogue.replies(records.transcript().read(task, ALL + name)).toList();
    }
}
