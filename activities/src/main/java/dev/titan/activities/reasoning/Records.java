package dev.titan.activities.reasoning;

import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.SpecRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;

/**
 * What is known of tasks, as far as reasoning reads and writes it.
 *
 * @param tasks what was asked
 * @param specs what was understood
 * @param plans what is planned
 * @param transcript what was said
 * @param effects what was done
 * @param approvals what people were asked
 * @param commands what users have said since
 * @param events what happened
 */
public record Records(
        TaskRepository tasks,
        SpecRepository specs,
        PlanRepository plans,
        Transcript transcript,
        EffectLedger effects,
        ApprovalRepository approvals,
        CommandRepository commands,
        EventLog events) {

    /** Returns what was asked; an unknown task is an {@link IllegalArgumentException}. */
    TaskRequest request(TaskId task) {
        return tasks.request(task);
    }
}
