package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ModelCatalog;
import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Spent;
import java.time.Clock;
import java.util.List;

/**
 * What models are shown of a long task, and what it costs to keep that short. Thread-safe.
 *
 * @param dialogue what was answered
 * @param summaries what has been shortened
 * @param steps the steps before
 * @param turns the turns before, within a step
 */
record Memory(Dialogue dialogue, Summaries summaries, EarlierSteps steps, StepMemory turns) {

    static Memory of(Records records, Dialogue dialogue, ModelCatalog models, ContextLimits limits, Clock clock) {
        Summaries summaries = new Summaries(records, dialogue, clock);
        return new Memory(
                dialogue,
                summaries,
                new EarlierSteps(records, summaries, limits),
                new StepMemory(summaries, models, limits));
    }

    StepMemory.Turn turn(Topic topic, List<Message> known, List<Message> fresh, List<ToolDescription> tools) {
        return turns.turn(topic, known, fresh, tools);
    }

    /** Returns what the summaries cost that a question needed. */
    Spent summariesFor(Topic topic) {
        return summaries.spent(topic);
    }

    /** Returns what the answers in a conversation cost together, with the summaries it needed. */
    Spent spent(Topic topic) {
        return dialogue.spent(topic).plus(summaries.spent(topic));
    }
}
