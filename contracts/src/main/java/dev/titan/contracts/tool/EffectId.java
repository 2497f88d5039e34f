package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;

/**
 * The identity of one side effect: the same for every attempt of the same call, so that a repeat can be recognised by
 * the ledger, the sandbox's journal or the far side.
 *
 * @param task the task
 * @param step the step within the task
 * @param turn the turn within the step, from 1; counts up over the life of the step id and never resets
 * @param call the index of the call within its turn, from 0; never the provider's own call id
 */
public record EffectId(TaskId task, StepId step, int turn, int call) {

    public EffectId {
        if (turn < 1 || call < 0) {
            throw new IllegalArgumentException("turn must be from 1 and call from 0: %d/%d".formatted(turn, call));
        }
    }

    /** Reads the form {@code task/step/turn/call}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static EffectId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an effect id: '%s'".formatted(text));
        }
        return new EffectId(
                new TaskId(parts[0]), new StepId(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }

    /** Returns what tells it from the other effects of its task: {@code step/turn/call}. */
    public String withinTask() {
        return "%s/%d/%d".formatted(step, turn, call);
    }

    /** Writes the form {@code task/step/turn/call}. */
    @JsonValue
    @Override
    public String toString() {
        return "%s/%s/%d/%d".formatted(task, step, turn, call);
    }
}
