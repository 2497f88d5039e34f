package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ChatAnswer;
import dev.titan.activities.chat.ChatException;
import dev.titan.activities.tool.AskedArguments;
import dev.titan.activities.tool.ToolDescription;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nextTurn}: shows the executor what its calls gave, and learns what it wants next. */
final class TurnTaking {

    private final Records records;
    private final Dialogue dialogue;
    private final Memory memory;
    private final ToolRegistry tools;

    TurnTaking(Records records, Dialogue dialogue, Memory memory, ToolRegistry tools) {
        this.records = records;
        this.dialogue = dialogue;
        this.memory = memory;
        this.tools = tools;
    }

    /** @param attempt of the activity, from 1 */
    TurnOutline take(TurnRequest request, int attempt) {
        StepPosition at = request.at();
        TaskRequest asked = records.request(at.task());
        ToolRegistry allowed = tools.restrictedTo(asked.tools());
        Topic topic = Topic.of(at, request.traceId(), "step/" + at.step(), Prompt.EXECUTOR, asked.model());
        List<Message> known = dialogue.known(topic);
        Optional<Message.Reply> earlier = replyOf(known, at.turn());
        if (earlier.isPresent()) {
            return outline(earlier.get(), memory.summariesFor(topic), allowed);
        }
        List<Message> fresh = new StepConversation(records, memory.steps(), topic, request).additions(known);
        TranscriptValidator.requireValid(topic, Dialogue.joined(known, fresh));
        List<ToolDescription> described = allowed.descriptions();
        StepMemory.Turn turn = memory.turn(topic, known, fresh, described);
        dialogue.store(topic, known.size(), fresh, limited(answer(topic, turn, described, attempt)), at.turn());
        Message.Reply reply = dialogue.reply(topic, at.turn())
                .orElseThrow(() -> new IllegalStateException("turn %s was not stored".formatted(at)));
        return outline(reply, turn.spent(), allowed);
    }

    /** A conversation the provider refuses as too long is shortened, once, and asked again. */
    private ChatAnswer answer(Topic topic, StepMemory.Turn turn, List<ToolDescription> described, int attempt) {
        try {
            return ask(topic, turn.shown(), described, attempt);
        } catch (ChatException.ContextOverflow tooLong) {
            List<Message> shorter = turn.shorter().orElseThrow(() -> stillTooLong(turn, tooLong));
            try {
                return ask(topic, shorter, described, attempt);
            } catch (ChatException.ContextOverflow again) {
                throw stillTooLong(turn, again);
            }
        }
    }

    private ChatAnswer ask(Topic topic, List<Message> shown, List<ToolDescription> described, int attempt) {
        TranscriptValidator.requireValid(topic, shown);
        return dialogue.open(topic, shown, described, attempt);
    }

    private static ChatException.ContextOverflow stillTooLong(
            StepMemory.Turn turn, ChatException.ContextOverflow refused) {
        String why = turn.isShortened()
                ? "The step's older turns were summarised, and it is still too long."
                : "There are no older turns of the step to summarise.";
        return TooLong.lasting(refused, why);
    }

    /** More calls than one turn may have are dropped, not refused: the model asks again for what it still needs. */
    private static ChatAnswer limited(ChatAnswer answer) {
        return answer.calls().size() <= TurnOutline.CALLS_MAX
                ? answer
                : new ChatAnswer(
                        answer.text(),
                        answer.calls().subList(0, TurnOutline.CALLS_MAX),
                        answer.model(),
                        answer.usage(),
                        answer.took());
    }

    private static Optional<Message.Reply> replyOf(List<Message> messages, int turn) {
        return Dialogue.replies(messages).filter(reply -> reply.turn() == turn).findFirst();
    }

    private static TurnOutline outline(Message.Reply reply, Spent summaries, ToolRegistry allowed) {
        Spent spent = Dialogue.spent(reply).plus(summaries);
        if (reply.calls().isEmpty()) {
            return new TurnOutline.Answer(spent);
        }
        List<CallOutline> outlines = new ArrayList<>();
        for (int i = 0; i < reply.calls().size(); i++) {
            Message.AskedCall call = reply.calls().get(i);
            outlines.add(allowed.outline(
                    i,
                    new ToolCall(
                            call.tool(),
                            AskedArguments.parse(call.arguments())
                                    .orElseGet(() -> Map.of("unreadable", call.arguments())))));
        }
        return new TurnOutline.Calls(outlines, spent);
    }
}
