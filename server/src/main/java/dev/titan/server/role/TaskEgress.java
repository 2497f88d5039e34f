package dev.titan.server.role;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent.EgressDecided;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.egress.EgressTerms;
import dev.titan.store.event.EventLog;
import dev.titan.store.task.TaskRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/** What the proxy of a task's sandbox goes by: the policy of its request, and the task's own event log. Thread-safe. */
final class TaskEgress implements Function<TaskId, Optional<EgressTerms>> {

    private final TaskRepository tasks;
    private final EventLog events;

    TaskEgress(TaskRepository tasks, EventLog events) {
        this.tasks = tasks;
        this.events = events;
    }

    /**
     * Returns nothing for a task that has ended: its sandbox is about to go.
     *
     * @throws SandboxException.Unavailable while the store is away
     */
    @Override
    public Optional<EgressTerms> apply(TaskId task) {
        try {
            return tasks.find(task)
                    .filter(row -> !row.ended())
                    .map(row -> new EgressTerms(
                            row.request().networkPolicy(),
                            decisions -> events.append(task, row.traceId(), pending(decisions))));
        } catch (DataAccessException e) {
            throw new SandboxException.Unavailable("the network policy of %s cannot be read".formatted(task), e);
        }
    }

    /** A proxy tells each decision once, so any key will do that no other proxy uses. */
    private static List<PendingEvent> pending(List<EgressDecided> decisions) {
        return decisions.stream()
                .map(decision -> new PendingEvent("egress/" + UUID.randomUUID(), Instant.now(), null, null, decision))
                .toList();
    }
}
