package dev.titan.sandbox;

import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.nio.file.Path;
import java.time.Duration;

/** What the themes of {@link SandboxContract} have in common: a provider, and a sandbox that all tests of a class share. */
interface SharedSandbox {

    Duration LONG = OneSandbox.LONG;

    OneSandbox shared();

    /** Returns the home of every provider in the test. */
    Path directory();

    /** Returns a provider as another process would have it: same home, nothing shared in memory. */
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon);

    default SandboxProvider open() {
        return open(new TitanHome(directory()));
    }

    default SandboxProvider open(TitanHome home) {
        return open(home, HostId.of(home), OneSandbox.daemon(home));
    }

    default SandboxProvider provider() {
        return shared().provider();
    }

    default Workspace workspace() {
        return shared().workspace();
    }

    default TaskId task() {
        return shared().task();
    }

    default SandboxId id() {
        return SandboxSpec.idFor(task());
    }

    default TaskId newTask() {
        return OneSandbox.newTask();
    }

    default EffectId effect() {
        return shared().effect();
    }

    default ExecResult run(String commandLine) {
        return shared().run(commandLine);
    }

    default ExecCommand bash(String commandLine) {
        return OneSandbox.bash(commandLine, LONG);
    }
}
