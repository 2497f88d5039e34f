package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.tool.EffectId;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What commands get, say and leave behind. */
interface CommandContract extends SharedSandbox {

    @Test
    default void tellsHowACommandEnded() {
        assertThat(run("exit 7").end()).isEqualTo(new End.Exited(7));
        assertThat(run("kill -TERM $$").end()).isEqualTo(new End.Signalled(15));
        assertThat(workspace()
                        .exec(effect(), command(List.of("/no/such/program")), OutputListener.IGNORE)
                        .end())
                .isInstanceOf(End.NotStarted.class);
    }

    @Test
    default void showsOutputInTheOrderItAppeared() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ExecResult result = workspace()
                .exec(effect(), bash("echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three"), heard::writeBytes);

        assertThat(result.end()).isEqualTo(new End.Exited(0));
        assertThat(result.output().head()).isEqualTo("one\ntwo\nthree\n");
        assertThat(heard.toString(UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    default void bringsTheOutputOfACommandThatNeverPauses() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ExecResult result = workspace().exec(effect(), bash("seq 1 3000"), heard::writeBytes);

        assertThat(heard.toString(UTF_8)).startsWith("1\n2\n").endsWith("\n3000\n");
        assertThat(result.output().bytesTotal()).isEqualTo(heard.size());
    }

    @Test
    default void callsTheListenerWhileACommandIsSilent() {
        AtomicInteger calls = new AtomicInteger();
        workspace().exec(effect(), bash("sleep 3"), chunk -> calls.incrementAndGet());

        assertThat(calls.get()).isGreaterThanOrEqualTo(6);
    }

    @Test
    default void killsEveryProcessOfACommandThatTakesTooLong() {
        ExecResult result = workspace()
                .exec(
                        effect(),
                        new ExecCommand(
                                List.of("/bin/bash", "-c", "sleep 611 & (sleep 612 &) ; sleep 613"),
                                Workspace.ROOT,
                                Map.of(),
                                Duration.ofSeconds(1),
                                ""),
                        OutputListener.IGNORE);

        assertThat(result.end()).isInstanceOf(End.TimedOut.class);
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(commandLines()).doesNotContain("sleep 61"));
    }

    @Test
    default void killsACommandWhoseListenerGivesUp() {
        IllegalStateException enough = new IllegalStateException("enough");
        EffectId effect = effect();

        assertThatThrownBy(() -> workspace().exec(effect, bash("sleep 621 & sleep 622"), chunk -> {
                    throw enough;
                }))
                .isSameAs(enough);

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(commandLines()).doesNotContain("sleep 62"));
        assertThat(workspace()
                        .exec(effect, bash("sleep 621 & sleep 622"), OutputListener.IGNORE)
                        .end())
                .isEqualTo(new End.Killed());
    }

    @Test
    default void givesACommandItsEnvironmentDirectoryAndInput() {
        run("mkdir -p sub/directory");
        ExecResult result = workspace()
                .exec(
                        effect(),
                        new ExecCommand(
                                List.of("/bin/bash", "-c", "echo $COLOUR; pwd; cat"),
                                "sub/directory",
                                Map.of("COLOUR", "grün"),
                                LONG,
                                "typed\n"),
                        OutputListener.IGNORE);

        assertThat(result.output().head()).isEqualTo("grün\n/work/sub/directory\ntyped\n");
    }

    @Test
    default void refusesADirectoryOutsideTheWorkspace() {
        ExecResult result = workspace()
                .exec(
                        effect(),
                        new ExecCommand(List.of("/bin/true"), "/etc", Map.of(), LONG, ""),
                        OutputListener.IGNORE);

        assertThat(result.end()).isInstanceOf(End.NotStarted.class);
    }

    @Test
    default void runsTheSameEffectOnce() {
        EffectId effect = effect();
        ExecCommand command = bash("echo again >> counter; wc -l < counter");

        ExecResult first = workspace().exec(effect, command, OutputListener.IGNORE);
        ExecResult second = workspace().exec(effect, command, OutputListener.IGNORE);

        assertThat(first.output().head()).isEqualTo("1\n");
        assertThat(second).isEqualTo(first);
        assertThat(run("wc -l < counter").output().head()).isEqualTo("1\n");
    }

    private static ExecCommand command(List<String> argv) {
        return new ExecCommand(argv, Workspace.ROOT, Map.of(), LONG, "");
    }

    private String commandLines() {
        return run("cat /proc/[0-9]*/cmdline | tr '\\0' ' '").output().head();
    }
}
