package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.task.TaskRow;
import java.util.List;

/** Puts together what a task shows of itself. */
public final class TaskReading {

    /** What fits into one answer; the rest is at {@code …/events}. */
    static final int EVENTS_MAX = EventLog.READ_MAX;

    private final TaskAccess access;
    private final PlanRepository plans;
    private final EventLog events;
    private final ArtifactRepository artifacts;
    private final SandboxRegistry sandboxes;

    public TaskReading(
            TaskAccess access,
            PlanRepository plans,
            EventLog events,
            ArtifactRepository artifacts,
            SandboxRegistry sandboxes) {
        this.access = access;
        this.plans = plans;
        this.events = events;
        this.artifacts = artifacts;
        this.sandboxes = sandboxes;
    }

    TaskResponse read(Caller caller, String id) {
        TaskRow task = access.require(caller, id);
        List<EventEnvelope> newest = events.read(task.id(), Math.max(0, task.lastSeq() - EVENTS_MAX), EVENTS_MAX);
        return TaskResponse.of(
                task,
                task.usage().at(events.usd(task.id()).orElse(null)),
                plans.shown(task).orElse(null),
                newest,
                artifacts.list(task.id()),
                sandboxes.active(task.id()).map(TaskSandboxResponse::of).orElse(null));
    }
}
