package dev.titan.sandbox;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a command each second in a sandbox of its own and notes how it goes, until it leaves. */
final class Neighbour {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Workspace workspace;
    private final TaskId task;
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Neighbour(Workspace workspace, TaskId task) {
        this.workspace = workspace;
        this.task = task;
        var _ = clock.scheduleAtFixedRate(this::ask, 0, 1, TimeUnit.SECONDS);
    }

    int answers() {
        return nanos.size();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    long p95Millis() {
        List<Long> sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((sorted.size() - 1) * 95 / 100)).toMillis();
    }

    void leave() {
        clock.shutdown();
    }

    private void ask() {
        EffectId effect = new EffectId(task, new StepId("s1"), nanos.size() + failures.size() + 1, 0);
        long start = System.nanoTime();
        try {
            ExecResult result = workspace.exec(effect, ExecCommand.bash("echo here", TIMEOUT), OutputListener.IGNORE);
            if (result.end().equals(new End.Exited(0)) && result.output().head().equals("here\n")) {
                nanos.add(System.nanoTime() - start);
            } else {
                failures.add(result.toString());
            }
        } catch (SandboxException e) {
            failures.add(e.toString());
        }
    }
}
