package dev.titan.activities.tool;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import dev.titan.tool.ToolContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one attempt at one call lends to the tool. Used by one thread. */
final class CallContext implements ToolContext {

    private final EffectJournal.Attempt attempt;
    private final Workspaces workspaces;
    private final @Nullable SandboxRef sandbox;
    private final OutputRecorder output;
    private final List<PendingEvent> emitted = new ArrayList<>();
    private @Nullable Workspace opened;

    CallContext(
            EffectJournal.Attempt attempt,
            Workspaces workspaces,
            @Nullable SandboxRef sandbox,
            Interruption interruption) {
        this.attempt = attempt;
        this.workspaces = workspaces;
        this.sandbox = sandbox;
        this.output = new OutputRecorder(attempt, interruption);
    }

    @Override
    public EffectId effect() {
        return attempt.key();
    }

    @Override
    public Workspace workspace() {
        if (sandbox == null) {
            throw new IllegalStateException("the call %s was dispatched without a sandbox".formatted(attempt.effect()));
        }
        Workspace workspace = workspaces.open(sandbox);
        opened = workspace;
        return workspace;
    }

    /** Returns the workspace, if the tool has asked for it. */
    Optional<Workspace> opened() {
        return Optional.ofNullable(opened);
    }

    @Override
    public Workspace.OutputListener viewers() {
        return output;
    }

    @Override
    public void emit(String name, TaskEvent event) {
        emitted.add(new CallKey(attempt.effect()).event(name, event));
    }

    /** Returns the events that go with the result. */
    List<PendingEvent> unrecorded() {
        List<PendingEvent> events = new ArrayList<>(output.rest());
        events.addAll(emitted);
        return events;
    }
}
