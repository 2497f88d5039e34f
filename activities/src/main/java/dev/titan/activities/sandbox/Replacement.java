package dev.titan.activities.sandbox;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.SandboxActivity.Cause;
import dev.titan.contracts.sandbox.SandboxActivity.RestoreRequest;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.SandboxSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sandbox in place of one that cannot be used any more. First the generation is raised, so that whatever the old one
 * still does is refused; then the old one is taken away where it can be reached; then the new one is made and the newest
 * checkpoint put into it. Every step may be repeated, also beside itself.
 */
final class Replacement {

    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final SandboxHost host;
    private final SandboxRecords records;
    private final RestoreRequest request;
    private final TaskId task;

    Replacement(SandboxHost host, SandboxRecords records, RestoreRequest request) {
        this.host = host;
        this.records = records;
        this.request = request;
        this.task = request.task();
    }

    SandboxRef make(Runnable check) {
        records.checkpoints().requireRestorable(task, request.reason());
        List<PendingEvent> first = new ArrayList<>(request.outbox());
        if (request.cause() == Cause.LOST) {
            first.add(event(
                    "sandbox_lost",
                    request.before(),
                    new TaskEvent.SandboxLost(request.before().id().value(), request.reason())));
        }
        records.events()
                .append(
                        task,
                        request.traceId(),
                        first,
                        () -> records.checkpoints().raise(task, request.before(), request.reason()));
        takeAway(request.before());
        int generation = request.before().generation() + 1;
        SandboxSpec spec = host.specOf(task, generation);
        SandboxRef sandbox = host.refOf(spec, generation);
        try {
            Workspace workspace = host.provider().create(spec);
            records.register(task, sandbox, host.provider().renew(spec.id()));
            Optional<Integer> checkpoint = records.checkpoints().restore(task, workspace, check);
            List<PendingEvent> restored = List.of(restored(sandbox, checkpoint));
            if (checkpoint.isPresent()) {
                records.ready(task, request.traceId(), sandbox, restored);
            } else {
                new FirstState(records, sandbox, workspace).prepare(task, request.traceId(), restored, check);
            }
            return sandbox;
        } catch (SandboxException.Lost died) {
            takeAway(sandbox);
            throw new SandboxException.Unavailable("the new sandbox was lost while it was restored", died);
        }
    }

    /** On its own host only; elsewhere the keeper of that host finds that nobody wants it, or its lease ends it. */
    private void takeAway(SandboxRef sandbox) {
        if (sandbox.host().equals(host.host().value())
                && sandbox.provider().equals(host.provider().name())) {
            try {
                host.provider().destroy(sandbox.id());
            } catch (SandboxException e) {
                LOG.warn("Sandbox {} is left to the keeper", sandbox.id(), e);
            }
        }
    }

    private PendingEvent restored(SandboxRef sandbox, Optional<Integer> checkpoint) {
        return event(
                "sandbox_restored",
                sandbox,
                new TaskEvent.SandboxRestored(
                        sandbox.id().value(), request.reason(), checkpoint.orElse(null), sandbox.generation()));
    }

    private static PendingEvent event(String name, SandboxRef sandbox, TaskEvent data) {
        String key = "%s/%s/%d".formatted(name, sandbox.id(), sandbox.generation());
        return new PendingEvent(key, Instant.now(), null, null, data);
    }
}
