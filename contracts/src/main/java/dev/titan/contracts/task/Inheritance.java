package dev.titan.contracts.task;

import dev.titan.contracts.plan.StepId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task takes over of the one it goes on from, as far as the loop has to know; plan, transcript, results and the
 * checkpoint of the workspace are copied under its own id.
 *
 * @param from which task, and after which step
 * @param planVersion the plan that was in force; 0 when there was none
 * @param closed steps of it that were done, in the order in which they were
 * @param finished whether no further step of that plan was to be begun
 * @param verdicts judgements made
 * @param messages how many messages users had written
 * @param files whether the workspace begins with a checkpoint; it begins with the files of the request otherwise
 * @param replan why what is left has to be planned anew; absent when the plan stays in force
 */
public record Inheritance(
        ForkOrigin from,
        int planVersion,
        List<StepId> closed,
        boolean finished,
        int verdicts,
        int messages,
        boolean files,
        @Nullable Replan replan) {

    public Inheritance {
        closed = List.copyOf(closed);
    }
}
