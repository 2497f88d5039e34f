package dev.titan.tools.shell;

import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.tool.ToolContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A workspace with one scripted command, and the context of a call into it. Notes what it was asked to start. */
final class ScriptedWorkspace implements Workspace, ToolContext {

    static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");

    final List<ExecCommand> started = new ArrayList<>();
    final List<CommandSummary> listed = new ArrayList<>();
    final ScriptedCommand command = new ScriptedCommand(effectOf(2));

    static EffectId effectOf(int turn) {
        return new EffectId(TASK, new StepId("build"), turn, 0);
    }

    @Override
    public EffectId effect() {
        return effectOf(7);
    }

    @Override
    public Workspace workspace() {
        return this;
    }

    @Override
    public OutputListener viewers() {
        return OutputListener.IGNORE;
    }

    @Override
    public void emit(String name, TaskEvent event) {
        throw new UnsupportedOperationException("no event is expected");
    }

    @Override
    public ExecResult exec(EffectId effect, ExecCommand what, OutputListener output) {
        started.add(what);
        return new ExecResult(
                new ExecResult.End.Exited(0), new ExecResult.Output("waited for\n", null, 11, 0), Duration.ZERO);
    }

    @Override
    public RunningCommand start(EffectId effect, ExecCommand what) {
        started.add(what);
        return command;
    }

    @Override
    public Optional<RunningCommand> command(EffectId id) {
        return Optional.<RunningCommand>of(command).filter(known -> known.id().equals(id));
    }

    @Override
    public List<CommandSummary> commands() {
        return List.copyOf(listed);
    }

    @Override
    public FileReply read(String path, long maxBytes) {
        throw new UnsupportedOperationException("there are no files here");
    }

    @Override
    public FileReply write(EffectId effect, String path, byte[] content) {
        throw new UnsupportedOperationException("there are no files here");
    }

    @Override
    public FileReply list(String path, int depth, int entriesMax) {
        throw new UnsupportedOperationException("there are no files here");
    }

    @Override
    public WorkspaceSnapshots snapshots() {
        throw new UnsupportedOperationException("there are no files here");
    }
}
