package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ChatAnswer;
import dev.titan.activities.chat.ChatException;
import dev.titan.activities.chat.ChatQuestion;
import dev.titan.activities.chat.LanguageModel;
import dev.titan.activities.chat.ModelCatalog;
import dev.titan.activities.chat.Prices;
import dev.titan.activities.chat.ReplyShape;
import dev.titan.activities.chat.RetryAdvice;
import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.store.event.LiveBroadcast;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks a model and stores what was asked, what was answered and what it cost, in one transaction. Thread-safe. */
final class Dialogue {

    /** The reply and one repair of it; a model that fails twice will fail again. */
    private static final int REPLIES_MAX = 2;

    private final ModelCatalog models;
    private final Records records;
    private final LiveBroadcast viewers;
    private final Clock clock;

    Dialogue(ModelCatalog models, Records records, LiveBroadcast viewers, Clock clock) {
        this.models = models;
        this.records = records;
        this.viewers = viewers;
        this.clock = clock;
    }

    List<Message> known(Topic topic) {
        return records.transcript().read(topic.task(), topic.conversation());
    }

    Optional<Message.Reply> reply(Topic topic, int turn) {
        return records.transcript().reply(topic.task(), topic.conversation(), turn);
    }

    /**
     * Asks for a JSON object, once repaired when it is none; a stored answer is read again instead.
     *
     * @param question is made only when nothing is stored yet, and made shorter when the provider refuses it as too long
     * @throws ChatException.ReplyInvalid when the repaired reply is unusable too
     * @throws ChatException.ContextOverflow when there is no shorter question, or that is too long as well
     */
    <T> T structured(
            Topic topic, ReplyShape shape, Function<Length, String> question, Function<String, Reading<T>> reading) {
        List<Message> known = known(topic);
        if (known.isEmpty()) {
            known = opened(topic, shape, question);
        }
        while (true) {
            Message.Reply reply = (Message.Reply) known.getLast();
            switch (reading.apply(reply.text())) {
                case Reading.Usable<T>(T value) -> {
                    return value;
                }
                case Reading.Unusable<T>(String reason) -> {
                    if (replies(known).count() >= REPLIES_MAX) {
                        throw new ChatException.ReplyInvalid("%s did not answer as %s has to: %s"
                                .formatted(reply.model(), topic.prompt().name(), reason));
                    }
                    var repair = new Message.Question(
                            "Your reply cannot be used:\n%s\nSend the whole JSON object again, corrected, and nothing else."
                                    .formatted(reason));
                    known = ask(topic, known, List.of(repair), shape);
                }
            }
        }
    }

    private List<Message> opened(Topic topic, ReplyShape shape, Function<Length, String> question) {
        String whole = question.apply(Length.WHOLE);
        try {
            return ask(topic, List.of(), topic.opening(whole), shape);
        } catch (ChatException.ContextOverflow refused) {
            String shorter = question.apply(Length.SHORTER);
            if (shorter.length() >= whole.length()) {
                throw TooLong.lasting(refused, "There is nothing in it to shorten.");
            }
            try {
                return ask(topic, List.of(), topic.opening(shorter), shape);
            } catch (ChatException.ContextOverflow again) {
                throw TooLong.lasting(again, "It was shortened, and it is still too long.");
            }
        }
    }

    /**
     * Asks for words; those stored are returned instead.
     *
     * @param question is made only when nothing is stored yet
     * @throws ChatException.Unavailable when the answer is empty, which another attempt may mend
     */
    String words(Topic topic, Supplier<String> question) {
        List<Message> known = known(topic);
        if (known.isEmpty()) {
            List<Message> opening = topic.opening(question.get());
            ChatAnswer answer =
                    models.model(topic.prompt().role(), topic.model()).ask(ChatQuestion.open(opening, List.of()));
            if (answer.text().isBlank()) {
                throw new ChatException.Unavailable(
                        "%s answered %s with nothing."
                                .formatted(answer.model(), topic.prompt().name()),
                        RetryAdvice.NONE,
                        null);
            }
            store(topic, 0, opening, answer, 0);
            known = known(topic);
        }
        return ((Message.Reply) known.getLast()).text();
    }

    /**
     * Asks for words or calls; viewers see the words while they come. Nothing is stored.
     *
     * @param shown the conversation, valid
     * @param attempt of the activity, from 1
     */
    ChatAnswer open(Topic topic, List<Message> shown, List<ToolDescription> tools, int attempt) {
        LanguageModel model = models.model(topic.prompt().role(), topic.model());
        try (LiveTurn live = new LiveTurn(viewers, topic, attempt, clock)) {
            return model.ask(ChatQuestion.open(shown, tools), live::say);
        }
    }

    private List<Message> ask(Topic topic, List<Message> known, List<Message> fresh, ReplyShape shape) {
        List<Message> shown = joined(known, fresh);
        ChatAnswer answer =
                models.model(topic.prompt().role(), topic.model()).ask(ChatQuestion.structured(shown, shape));
        store(topic, known.size(), fresh, answer, 0);
        return known(topic);
    }

    /** Stores the new messages and the answer, with its cost as an event; nothing when another writer was first. */
    void store(Topic topic, int known, List<Message> fresh, ChatAnswer answer, int turn) {
        Message.Reply reply = new Message.Reply(turn, answer.text(), answer.calls(), answer.model(), answer.usage());
        var usage = new TaskEvent.UsageRecorded(
                topic.prompt().role(),
                answer.model(),
                topic.prompt().name(),
                answer.usage().inputTokens(),
                answer.usage().outputTokens(),
                answer.took(),
                answer.usage().usd(),
                answer.usage().usd() == null ? Prices.UNKNOWN : models.pricesVersion());
        String key = "usage/%s/%d".formatted(topic.conversation(), known);
        records.events()
                .append(
                        topic.task(),
                        topic.traceId(),
                        List.of(new PendingEvent(key, clock.instant(), topic.step(), topic.turn(), usage)),
                        () -> records.transcript()
                                .append(topic.task(), topic.conversation(), known, joined(fresh, List.of(reply))));
    }

    /** Returns what the answers in a conversation cost together. */
    Spent spent(Topic topic) {
        return replies(known(topic)).map(Dialogue::spent).reduce(Spent.NOTHING, Spent::plus);
    }

    static Spent spent(Message.Reply reply) {
        return new Spent(
                1,
                reply.usage().inputTokens() + reply.usage().outputTokens(),
                reply.usage().usd());
    }

    /** Returns what models have said, in the order of the messages. */
    static Stream<Message.Reply> replies(List<Message> messages) {
        return messages.stream().filter(Message.Reply.class::isInstance).map(Message.Reply.class::cast);
    }

    static List<Message> joined(List<Message> first, List<Message> second) {
        List<Message> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
