package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ChatAnswer;
import dev.titan.activities.tool.AskedArguments;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
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
    private final ToolRegistry tools;

    TurnTaking(Records records, Dialogue dialogue, ToolRegistry tools) {
        this.records = records;
        this.dialogue = dialogue;
        this.tools = tools;
    }

    /** @param attempt of the activity, from 1 */
    TurnOutline take(TurnRequest request, int attempt) {
        StepPosition at = request.at();
        TaskRequest asked = records.request(at.task());
        ToolRegistry allowed = tools.restrictedTo(asked.tools());
        Topic topic = Topic.of(at, request.traceId(), "step/" + at.step(), Prompt.EXECUTOR, asked.model());
        List<Message> known = dialogue.known(topic);
        if (replyOf(known, at.turn()).isEmpty()) {
            List<Message> fresh = new StepConversation(records, request).additions(known);
            List<Message> shown = Dialogue.joined(known, fresh);
            TranscriptValidator.requireValid(topic, shown);
            ChatAnswer answer = limited(dialogue.open(topic, shown, allowed.descriptions(), attempt));
            dialogue.store(topic, known.size(), fresh, answer, at.turn());
            known = dialogue.known(topic);
        }
        return outline(
                replyOf(known, at.turn())
                        .orElseThrow(() -> new IllegalStateException("turn %s was not stored".formatted(at))),
                allowed);
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
        return messages.stream()
                .filter(Message.Reply.class::isInstance)
                .map(Message.Reply.class::cast)
                .filter(reply -> reply.turn() == turn)
                .findFirst();
    }

    private static TurnOutline outline(Message.Reply reply, ToolRegistry allowed) {
        if (reply.calls().isEmpty()) {
            return new TurnOutline.Answer(Dialogue.spent(reply));
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
        return new TurnOutline.Calls(outlines, Dialogue.spent(reply));
    }
}
