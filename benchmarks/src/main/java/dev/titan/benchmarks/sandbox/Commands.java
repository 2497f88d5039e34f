package dev.titan.benchmarks.sandbox;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The commands whose round trip is measured: each is a new effect, so each runs, and its result is checked. */
final class Commands {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Workspace workspace;
    private final TaskId task;
    private int calls;

    Commands(Workspace workspace, TaskId task) {
        this.workspace = workspace;
        this.task = task;
    }

    /** The least a command can be: one process that ends. */
    void doNothing() {
        expect("", List.of("true"));
    }

    /** What a tool asks for: a shell that prints something. */
    void echo() {
        expect("hello\n", List.of("/bin/sh", "-c", "echo hello"));
    }

    /** Runs a command line that says nothing. */
    void quietly(String commandLine) {
        expect("", List.of("/bin/sh", "-c", commandLine));
    }

    private void expect(String output, List<String> argv) {
        EffectId effect = new EffectId(task, new StepId("bench"), 1, calls++);
        ExecResult result = workspace.exec(
                effect, new ExecCommand(argv, Workspace.ROOT, Map.of(), TIMEOUT, ""), Workspace.OutputListener.IGNORE);
        if (!result.end().equals(new ExecResult.End.Exited(0))
                || !output.equals(result.output().head())) {
            throw new IllegalStateException("%s gave %s".formatted(argv, result));
        }
    }
}
