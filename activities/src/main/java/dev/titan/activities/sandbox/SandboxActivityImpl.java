package dev.titan.activities.sandbox;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.record.LogContext;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.SandboxSpec;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** {@link SandboxActivity} on one host. Thread-safe. */
public final class SandboxActivityImpl implements SandboxActivity {

    private static final int FIRST_GENERATION = 1;

    private final SandboxHost host;
    private final SandboxRecords records;

    public SandboxActivityImpl(SandboxHost host, SandboxRecords records) {
        this.host = host;
        this.records = records;
    }

    @Override
    public SandboxRef createSandbox(CreateRequest request) {
        return whileBeating(request.task(), request.traceId(), heartbeat -> create(request, heartbeat));
    }

    @Override
    public SandboxRef restoreSandbox(RestoreRequest request) {
        return whileBeating(
                request.task(),
                request.traceId(),
                heartbeat -> new Replacement(host, records, request).make(heartbeat::check));
    }

    @Override
    public int collectArtifacts(SandboxRequest request) {
        return whileBeating(request.task(), request.traceId(), heartbeat -> {
            records.events()
                    .append(
                            request.task(),
                            request.traceId(),
                            List.of(),
                            () -> records.checkpoints().admit(request.task(), request.sandbox()));
            return new ArtifactCollection(records, request.task(), request.traceId())
                    .collect(host.open(request.sandbox()), heartbeat::check);
        });
    }

    @Override
    public void destroySandbox(SandboxRequest request) {
        whileBeating(request.task(), request.traceId(), heartbeat -> {
            host.provider().destroy(request.sandbox().id());
            records.sandboxes().destroyed(request.sandbox().id());
            return Boolean.TRUE;
        });
    }

    private SandboxRef create(CreateRequest request, BackgroundHeartbeat heartbeat) {
        TaskId task = request.task();
        records.events().append(task, request.traceId(), request.outbox());
        SandboxSpec spec = host.specOf(task, FIRST_GENERATION);
        SandboxRef sandbox = host.refOf(spec, FIRST_GENERATION);
        Workspace workspace = host.provider().create(spec);
        records.register(task, sandbox, host.provider().renew(spec.id()));
        new FirstState(records, sandbox, workspace)
                .prepare(task, request.traceId(), List.of(created(sandbox)), heartbeat::check);
        return sandbox;
    }

    private PendingEvent created(SandboxRef sandbox) {
        return new PendingEvent(
                "sandbox_created/%s/%d".formatted(sandbox.id(), sandbox.generation()),
                Instant.now(),
                null,
                null,
                new TaskEvent.SandboxCreated(
                        sandbox.id().value(),
                        sandbox.provider(),
                        host.provider().isolation()));
    }

    private static <T> T whileBeating(TaskId task, String traceId, Function<BackgroundHeartbeat, T> work) {
        return FailureMapper.guard(() -> {
            try (LogContext _ = LogContext.of(task, traceId);
                    BackgroundHeartbeat heartbeat =
                            BackgroundHeartbeat.start(Activity.getExecutionContext(), stop -> {})) {
                return work.apply(heartbeat);
            } catch (Workspace.Detached detached) {
                throw detached.reason();
            }
        });
    }
}
