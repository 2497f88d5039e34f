package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
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
 */
record Topic(
        TaskId task,
        String traceId,
        String conversation,
        Prompt prompt,
        @Nullable String model) {

    List<Message> opening(String question) {
        return List.of(prompt.instructions(), new Message.Question(question));
    }
}
