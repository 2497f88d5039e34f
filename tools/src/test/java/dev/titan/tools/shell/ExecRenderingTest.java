package dev.titan.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.ExecResult.Output;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExecRenderingTest {

    @Test
    void saysHowTheCommandEndedAndThenWhatItPrinted() {
        assertThat(of(new End.Exited(0), "hello\n")).isEqualTo(new ToolResult.Succeeded("exit status 0\nhello\n"));
        assertThat(of(new End.Exited(0), "")).isEqualTo(new ToolResult.Succeeded("exit status 0\n(no output)"));
        assertThat(of(new End.Exited(1), "no\n"))
                .isEqualTo(new ToolResult.Failed(FailureKind.EXIT_STATUS, "exit status 1\nno\n"));
        assertThat(of(new End.NotStarted("no such directory: /work/x"), ""))
                .isEqualTo(
                        new ToolResult.Failed(FailureKind.FAILED, "could not be started: no such directory: /work/x"));
        assertThat(of(new End.Killed(), "x"))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED));
    }

    @Test
    void namesTheLikelyCauseOfASignal() {
        assertThat(of(new End.Signalled(9), "").text()).contains("signal 9", "memory limit");
        assertThat(of(new End.Signalled(11), "").text()).contains("crashed");
    }

    @Test
    void saysThatMemoryWasUsedUp() {
        assertThat(of(new End.OutOfMemory(137), "half of it\n"))
                .isInstanceOfSatisfying(ToolResult.Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(FailureKind.EXIT_STATUS);
                    assertThat(failed.text())
                            .startsWith("out of memory (exit status 137): ")
                            .endsWith("\nhalf of it\n");
                });
    }

    @Test
    void keepsTheOutputOfACommandThatTimedOut() {
        assertThat(of(new End.TimedOut(Duration.ofSeconds(30)), "so far\n"))
                .isInstanceOfSatisfying(ToolResult.Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(FailureKind.TIMED_OUT);
                    assertThat(failed.text())
                            .startsWith("timed out after 30 s;")
                            .endsWith("\nso far\n");
                });
    }

    @Test
    void neverExceedsTheLimitWithItsStatusLine() {
        ToolResult result = ExecRendering.of(new ExecResult(
                new End.Exited(1),
                new Output("a".repeat(40_000), "b".repeat(40_000), 500_000, 420_000),
                Duration.ZERO));

        assertThat(result.text().length()).isBetween(9_000, 10_000);
        assertThat(result.text()).startsWith("exit status 1\naaa").endsWith("bbb");
    }

    @Test
    void sameOutcomeIsSameTextWhateverTimeItTook() {
        assertThat(ExecRendering.of(new ExecResult(new End.Exited(0), output("x"), Duration.ofMillis(1))))
                .isEqualTo(ExecRendering.of(new ExecResult(new End.Exited(0), output("x"), Duration.ofMillis(900))));
    }

    @Test
    void refusesCommandsNoShellCanRun() {
        assertThatThrownBy(() -> new ShellArguments(" ", null, null, null)).hasMessageStartingWith("command:");
        assertThatThrownBy(() -> new ShellArguments("a\0b", null, null, null)).hasMessageStartingWith("command:");
        assertThatThrownBy(() -> new ShellArguments("x".repeat(100_001), null, null, null))
                .hasMessageContaining("file_write");
        assertThatThrownBy(() -> new ShellArguments("ls", null, 3_601, null)).hasMessageStartingWith("timeout_s:");
    }

    private static ToolResult of(End end, String output) {
        return ExecRendering.of(new ExecResult(end, output(output), Duration.ofSeconds(1)));
    }

    private static Output output(String text) {
        return new Output(text, null, text.length(), 0);
    }
}
