package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ReplyShape;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.chat.ReasoningActivity.InterpretRequest;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskSpec;
import java.util.List;

/** {@code interpretGoal}: what the goal means. The user's own criteria are kept as they are. */
final class GoalReading {

    private static final ReplyShape SHAPE = Replies.shape("interpretation", Replies.Interpretation.class);

    private final Records records;
    private final Dialogue dialogue;
    private final ToolRegistry tools;

    GoalReading(Records records, Dialogue dialogue, ToolRegistry tools) {
        this.records = records;
        this.dialogue = dialogue;
        this.tools = tools;
    }

    Spent interpret(InterpretRequest request) {
        TaskRequest asked = records.request(request.task());
        Topic topic = new Topic(request.task(), request.traceId(), "interpret", Prompt.INTERPRETER, asked.model());
        TaskSpec spec = dialogue.structured(topic, SHAPE, _ -> question(asked), text -> switch (Replies.read(
                Replies.Interpretation.class, text)) {
            case Reading.Usable<Replies.Interpretation>(var reply) ->
                new Reading.Usable<>(spec(reply, asked.successCriteria()));
            case Reading.Unusable<Replies.Interpretation>(var reason) -> new Reading.Unusable<>(reason);
        });
        records.specs().save(request.task(), spec);
        return dialogue.spent(topic);
    }

    private String question(TaskRequest asked) {
        String criteria = asked.successCriteria().isEmpty() ? "" : "\n" + Wording.criteria(asked.successCriteria());
        return Wording.tools(tools.restrictedTo(asked.tools()).descriptions()) + "\n" + Wording.goal(asked) + criteria;
    }

    private static TaskSpec spec(Replies.Interpretation reply, List<SuccessCriterion> given) {
        List<SuccessCriterion> criteria = given.isEmpty()
                ? reply.successCriteria().stream()
                        .filter(words -> !words.isBlank())
                        .map(words -> (SuccessCriterion) new SuccessCriterion.Words(words))
                        .toList()
                : given;
        return new TaskSpec(
                reply.summary(), reply.skills(), reply.tools(), criteria, reply.constraints(), reply.risks());
    }
}
