package dev.titan.activities.sandbox;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.heartbeat.Detaching;
import dev.titan.activities.record.LogContext;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.sandbox.SandboxSpec;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** {@link SandboxActivity} on one host. Thread-safe. */
public final class SandboxActivityImpl implements SandboxActivity {

    /** Restores, which raise it, come with checkpoints. */
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
    public int collectArtifacts(SandboxRequest request) {
        return whileBeating(
                request.task(),
                request.traceId(),
                heartbeat -> new ArtifactCollection(records, request.task(), request.traceId())
                        .collect(host.open(request.sandbox()), heartbeat::check));
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
        TaskRequest asked = records.tasks()
                .find(task)
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + task))
                .request();
        SandboxSpec spec = SandboxSpec.standard(task);
        SandboxRef sandbox =
                new SandboxRef(spec.id(), host.host().value(), host.provider().name(), FIRST_GENERATION);
        Workspace workspace = host.provider().create(spec);
        records.sandboxes().register(task, sandbox);
        if (new Seeding(task, workspace).seed(asked, chunk -> Detaching.check(heartbeat::check))) {
            Baseline.of(new WorkspaceFiles(workspace).list(heartbeat::check)).keep(records.ledger(), task);
        }
        records.events().append(task, request.traceId(), List.of(created(sandbox)));
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
