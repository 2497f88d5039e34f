package dev.titan.tools.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tools.shell.ProcessArguments.Action;
import dev.titan.tools.shell.policy.BashSyntax;
import dev.titan.tools.shell.policy.CommandPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessToolTest {

    private static final CommandPolicy POLICY =
            new CommandPolicy(new BashSyntax(Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib")));

    private final ScriptedWorkspace sandbox = new ScriptedWorkspace();

    @Test
    void shellStartsInTheBackgroundAndShowsTheFirstOutput() {
        sandbox.command.prints("Listening on 8080\n");

        assertThat(shell(new ShellArguments("npm start", null, null, null, true, null)))
                .isEqualTo(
                        new ToolResult.Succeeded("build/2/0 is running; read on with offset 18\nListening on 8080\n"));
        assertThat(sandbox.started).singleElement().satisfies(command -> {
            assertThat(command.input()).isEqualTo(new Input.Open());
            assertThat(command.timeout()).isEqualTo(Duration.ofDays(1));
        });
    }

    @Test
    void shellAnswersABackgroundCommandThatEndsAtOnceAsAnyOther() {
        sandbox.command.prints("npm: not found\n").ends(new End.Exited(127));

        assertThat(shell(new ShellArguments("npm start", null, 60, null, true, true)))
                .isEqualTo(new ToolResult.Failed(FailureKind.EXIT_STATUS, "exit status 127\nnpm: not found\n"));
        assertThat(sandbox.started).singleElement().satisfies(command -> {
            assertThat(command.input()).isEqualTo(new Input.Terminal(TerminalSize.STANDARD));
            assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(60));
        });
    }

    @Test
    void shellWithoutTheArgumentWaitsAsEver() {
        assertThat(shell(new ShellArguments("ls", null, null, null)))
                .isEqualTo(new ToolResult.Succeeded("exit status 0\nwaited for\n"));
        assertThat(sandbox.started).singleElement().satisfies(command -> {
            assertThat(command.input()).isEqualTo(new Input.Given(""));
            assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(30));
        });
        assertThatThrownBy(() -> new ShellArguments("ls", null, null, null, null, true))
                .hasMessageStartingWith("terminal:");
    }

    @Test
    void readsOnFromAnOffset() {
        sandbox.command.prints("one\ntwo\n");

        assertThat(read(4L)).isEqualTo("build/2/0 is running; read on with offset 8\ntwo\n");
        assertThat(read(8L)).isEqualTo("build/2/0 is running; read on with offset 8\n(no new output)");
        sandbox.command.ends(new End.Exited(3));
        assertThat(read(4L)).isEqualTo("build/2/0 has ended: exit status 3\ntwo\n");
    }

    @Test
    void leavesHalfACharacterForTheNextRead() {
        byte[] text = "grün".getBytes(UTF_8);
        sandbox.command.prints(Arrays.copyOf(text, 3));

        assertThat(read(0L)).isEqualTo("build/2/0 is running; read on with offset 2\ngr");
        sandbox.command.prints(Arrays.copyOfRange(text, 3, 5));
        assertThat(read(2L)).isEqualTo("build/2/0 is running; read on with offset 5\nün");
    }

    @Test
    void keepsBeginningAndEndOfMuchOutputAndCountsWhatWasMissed() {
        sandbox.command.prints("first\n" + "x".repeat(300_000) + "\nlast\n");

        String shown = read(0L);

        assertThat(shown).startsWith("build/2/0 is running; read on with offset 300012\nfirst\nxxx");
        assertThat(shown).endsWith("xxx\nlast\n").contains("bytes cut here");
        assertThat(shown.length()).isBetween(9_000, 10_000);
        long visible = shown.lines()
                .skip(1)
                .filter(line -> !line.contains("bytes cut here"))
                .mapToLong(String::length)
                .sum();
        assertThat(shown).contains("%,d bytes cut".formatted(300_012 - visible - 3));
    }

    @Test
    void typesAndShowsWhatIsAnswered() {
        sandbox.command.prints("name? ").answers("hello ada\n");

        assertThat(run(arguments(Action.WRITE, "ada\n", null)))
                .isEqualTo(new ToolResult.Succeeded("build/2/0 is running; read on with offset 16\nhello ada\n"));
        assertThat(sandbox.command.done).containsExactly("ada OPEN");
    }

    @Test
    void signalsAndKills() {
        assertThat(run(arguments(Action.SIGNAL, null, CommandSignal.INT)).text())
                .endsWith("(no new output)");
        assertThat(sandbox.command.done).containsExactly("int");

        assertThat(run(arguments(Action.KILL, null, null)))
                .isEqualTo(new ToolResult.Succeeded("build/2/0 has ended: killed on request before it ended"));
        assertThat(run(arguments(Action.SIGNAL, null, CommandSignal.INT)))
                .isEqualTo(new ToolResult.Failed(FailureKind.FAILED, "Nothing was done to build/2/0: it is over."));
    }

    @Test
    void doesNotTypeWhatThePolicyForbids() {
        assertThat(run(arguments(Action.WRITE, "rm -rf /\n", null)))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.DENIED));
        assertThat(sandbox.command.done).isEmpty();
    }

    @Test
    void knowsOnlyTheCommandsOfItsSandbox() {
        for (String id : new String[] {"build/3/0", "build", "../build/2/0", "build/2/x", ""}) {
            assertThat(run(new ProcessArguments(Action.READ, id, null, 0, null, null, null)))
                    .as(id)
                    .isInstanceOfSatisfying(
                            ToolResult.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.NOT_FOUND));
        }
    }

    @Test
    void listsRunningCommandsAndTheLastThatEnded() {
        sandbox.listed.add(new CommandSummary(
                ScriptedWorkspace.effectOf(2), "/bin/bash -c npm\n start", null, Duration.ZERO, 1_234, 3));
        for (int turn = 30; turn > 10; turn--) {
            sandbox.listed.add(new CommandSummary(
                    ScriptedWorkspace.effectOf(turn), "/bin/bash -c ls", new End.Exited(0), Duration.ZERO, 9, 0));
        }

        sandbox.listed.add(new CommandSummary(
                EffectId.parse("task-00000000-0000-0000-0000-000000000000/first/1/0"),
                "/bin/bash -c echo",
                null,
                Duration.ZERO,
                0,
                1));

        String list = run(new ProcessArguments(Action.LIST, null, null, null, null, null, null))
                .text();

        assertThat(list).startsWith("""
                1 running
                build/2/0  running, 3 processes, 1,234 bytes of output: npm start
                build/30/0  exit status 0, 9 bytes of output: ls
                """);
        assertThat(list.lines()).hasSize(12);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new ProcessArguments(Action.READ, null, null, null, null, null, null))
                .hasMessageStartingWith("id:");
        assertThatThrownBy(() -> new ProcessArguments(Action.WRITE, "a/1/0", null, null, null, null, null))
                .hasMessageStartingWith("text:");
        assertThatThrownBy(
                        () -> new ProcessArguments(Action.WRITE, "a/1/0", null, null, "x".repeat(65_537), null, null))
                .hasMessageStartingWith("text:");
        assertThatThrownBy(() -> new ProcessArguments(Action.SIGNAL, "a/1/0", null, null, null, null, null))
                .hasMessageStartingWith("signal:");
        assertThatThrownBy(() -> new ProcessArguments(Action.READ, "a/1/0", -1L, null, null, null, null))
                .hasMessageStartingWith("offset:");
        assertThatThrownBy(() -> new ProcessArguments(Action.READ, "a/1/0", null, 61, null, null, null))
                .hasMessageStartingWith("wait_s:");
    }

    private ToolResult shell(ShellArguments arguments) {
        return new ShellTool(POLICY).run(arguments, sandbox);
    }

    private String read(long offset) {
        return run(new ProcessArguments(Action.READ, "build/2/0", offset, 0, null, null, null))
                .text();
    }

    private static ProcessArguments arguments(Action action, @Nullable String text, @Nullable CommandSignal signal) {
        return new ProcessArguments(action, "build/2/0", null, 0, text, null, signal);
    }

    private ToolResult run(ProcessArguments arguments) {
        return new ProcessTool(POLICY).run(arguments, sandbox);
    }
}
