package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.effect.RecordedEffect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the user's checks and what it gave.
 *
 * @param says the criterion in words
 * @param result what its command gave; absent when it did not run or did not end, which is not a pass
 */
record CheckResult(String says, @Nullable ToolResult result) {

    /** Returns one result per check of the task, in the order of the request; none for turn 0. */
    static List<CheckResult> of(Records records, TaskId task, int turn) {
        if (turn == 0) {
            return List.of();
        }
        List<RecordedEffect> effects = records.effects().turn(task, ReasoningActivity.VERIFY, turn);
        List<CheckResult> results = new ArrayList<>();
        for (SuccessCriterion criterion : records.request(task).successCriteria()) {
            if (criterion instanceof SuccessCriterion.Check check) {
                int index = results.size();
                ToolResult result = effects.stream()
                        .filter(effect -> effect.id().call() == index)
                        .findFirst()
                        .map(RecordedEffect::result)
                        .orElse(null);
                results.add(new CheckResult(check.says(), result));
            }
        }
        return results;
    }

    boolean passed() {
        return result instanceof ToolResult.Succeeded;
    }

    /** Returns what a judge is shown. */
    String worded(Length length) {
        return Wording.tag("criterion", says)
                + "\n"
                + (result == null
                        ? "<check outcome=\"failed\">it did not end</check>"
                        : Wording.outcome("check", result, length));
    }
}
