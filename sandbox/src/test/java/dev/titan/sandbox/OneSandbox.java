package dev.titan.sandbox;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assumptions;

/** A provider with a sandbox that all tests of a class share; both are gone after {@link #close}. */
final class OneSandbox implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(60);

    private final SandboxProvider provider;
    private final TaskId task = newTask();
    private final AtomicInteger turns = new AtomicInteger();
    private final Workspace workspace;

    private OneSandbox(SandboxProvider provider, SandboxLimits limits) {
        this.provider = provider;
        this.workspace = provider.create(new SandboxSpec(SandboxSpec.idFor(task), task, limits, SandboxLife.STANDARD));
    }

    static OneSandbox create(Opening opening, Path directory, SandboxLimits limits) {
        SandboxProvider provider = opening.open(directory);
        if (provider.probe() instanceof Readiness.Missing(String reason, String remedy)) {
            String message = "%s is missing: %s (%s)".formatted(provider.name(), reason, remedy);
            Assumptions.assumeThat(Boolean.getBoolean("titan.skipMissing"))
                    .as(message)
                    .isTrue();
            throw new IllegalStateException(message);
        }
        return new OneSandbox(provider, limits);
    }

    SandboxProvider provider() {
        return provider;
    }

    TaskId task() {
        return task;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Returns an id that was not used before. */
    EffectId effect() {
        return new EffectId(task, new StepId("s1"), turns.incrementAndGet(), 0);
    }

    ExecResult run(String commandLine) {
        return run(commandLine, LONG);
    }

    ExecResult run(String commandLine, Duration timeout) {
        return workspace.exec(effect(), bash(commandLine, timeout), OutputListener.IGNORE);
    }

    static TaskId newTask() {
        return new TaskId("task-" + UUID.randomUUID());
    }

    static SandboxdDistribution daemon(TitanHome home) {
        return new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                home);
    }

    static ExecCommand bash(String commandLine, Duration timeout) {
        return new ExecCommand(List.of("/bin/bash", "-c", commandLine), Workspace.ROOT, Map.of(), timeout, "");
    }

    @Override
    public void close() {
        provider.list().forEach(provider::destroy);
        provider.close();
    }

    /** Makes a provider of one kind. */
    @FunctionalInterface
    interface Opening {

        SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon);

        default SandboxProvider open(Path directory) {
            TitanHome home = new TitanHome(directory);
            return open(home, HostId.of(home), daemon(home));
        }
    }
}
