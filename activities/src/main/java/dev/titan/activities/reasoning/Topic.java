package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to ask a model about.
 *
 * @param task the task
 * @param traceId 32 hexadecimal digits
 * @param conversation where question and reply are stored
 * @param prompt the role's instructions
 * @param model {@code provider/model}, or absent for the usual one
 * @param step the step it is about, or absent
 * @param turn the turn of that step, or absent
 */
record Topic(
        TaskId task,
        String traceId,
        String conversation,
        Prompt prompt,
        @Nullable String model,
        @Nullable StepId step,
        @Nullable Integer turn) {

    /** A topic that is not about a step. */
    Topic(TaskId task, String traceId, String conversation, Prompt prompt, @Nullable String model) {
        this(task, traceId, conversation, prompt, model, null, null);
    }

    /** A topic within a step. */
    static Topic of(StepPosition at, String traceId, String conversation, Prompt prompt, @Nullable String model) {
        return new Topic(at.task(), traceId, conversation, prompt, model, at.step(), at.turn());
    }

    List<Message> opening(String question) {
        return List.of(prompt.instructions(), new Message.Question(question));
    }
}
