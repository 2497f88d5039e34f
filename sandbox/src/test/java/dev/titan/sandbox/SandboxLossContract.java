package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a sandbox when somebody dies: its maker, its daemon, itself. */
interface SandboxLossContract extends SharedSandbox {

    /** Ends the sandbox as a crash would, behind the provider's back. */
    void kill(SandboxId id) throws IOException;

    /** Returns what a provider has left on this host of a sandbox, directories apart; empty for nothing. */
    List<String> tracesOf(SandboxId id) throws IOException;

    @Test
    default void outlivesTheProcessThatMadeIt() throws Exception {
        TaskId theirs = newTask();
        EffectId effect = new EffectId(theirs, new StepId("s1"), 1, 0);
        String commandLine = "echo started >> once; while [ ! -e go ]; do sleep 0.1; done; wc -l < once";
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + SandboxdDistribution.SETTING + "=" + System.getProperty(SandboxdDistribution.SETTING),
                        "-Xmx128m",
                        CrashingOwner.class.getName(),
                        provider().name(),
                        directory().toString(),
                        theirs.value(),
                        effect.toString(),
                        commandLine,
                        System.getProperty("titan.sandbox.image", ""))
                .inheritIO()
                .start();
        SandboxId id = SandboxSpec.idFor(theirs);
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(SandboxException.class)
                .until(() -> provider().connect(id).read("once", 100) instanceof FileReply.Content);

        owner.destroyForcibly().waitFor();

        Workspace adopted = provider().connect(id);
        adopted.write(new EffectId(theirs, new StepId("s1"), 2, 0), "go", new byte[0]);
        ExecResult result = adopted.exec(effect, bash(commandLine), OutputListener.IGNORE);
        assertThat(result.output().head()).isEqualTo("1\n");
        provider().destroy(id);
        assertThat(tracesOf(id)).isEmpty();
    }

    @Test
    default void letsAnotherProcessAttachAfterTheFirstIsGone() {
        EffectId effect = effect();
        ExecCommand command = bash("echo started >> attached; sleep 4; echo done");
        CompletableFuture<ExecResult> second;
        try (SandboxProvider other = open()) {
            Workspace theirs = other.connect(SandboxSpec.idFor(task()));
            CompletableFuture<ExecResult> first =
                    CompletableFuture.supplyAsync(() -> theirs.exec(effect, command, OutputListener.IGNORE));
            await().until(() -> workspace().read("attached", 100) instanceof FileReply.Content);
            second = CompletableFuture.supplyAsync(() -> workspace().exec(effect, command, OutputListener.IGNORE));
            assertThat(first).isNotDone();
        }

        assertThat(second.join().output().head()).isEqualTo("done\n");
        assertThat(run("wc -l < attached").output().head()).isEqualTo("1\n");
    }

    @Test
    default void isLostWhenItIsKilled() throws IOException {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Workspace doomed = provider().create(spec);
        CompletableFuture<ExecResult> running = CompletableFuture.supplyAsync(
                () -> doomed.exec(effect(), bash("touch running; sleep 600"), OutputListener.IGNORE));
        await().until(() -> doomed.read("running", 10) instanceof FileReply.Content);

        kill(spec.id());

        assertThatThrownBy(running::join).hasCauseInstanceOf(SandboxException.Lost.class);
        assertThatThrownBy(() -> doomed.read("running", 10)).isInstanceOf(SandboxException.Lost.class);
        provider().destroy(spec.id());
    }

    @Test
    default void isLostWhenItsDaemonIsKilledFromInside() {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Workspace doomed = provider().create(spec);

        assertThatThrownBy(() -> doomed.exec(
                        effect(),
                        bash(
                                "for p in /proc/[0-9]*; do [ ${p#/proc/} != 1 ] && [ ${p#/proc/} != $$ ] && kill -9 ${p#/proc/}; done; sleep 60"),
                        OutputListener.IGNORE))
                .isInstanceOf(SandboxException.Lost.class);
        provider().destroy(spec.id());
        assertThat(provider().list()).doesNotContain(spec.id());
    }
}
