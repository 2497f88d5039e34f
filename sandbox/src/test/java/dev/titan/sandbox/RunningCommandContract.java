package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.CommandProgress;
import dev.titan.contracts.sandbox.CommandProgress.State;
import dev.titan.contracts.sandbox.CommandReply;
import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.RunningCommand.InputAfter;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every provider promises of commands that nobody waits for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
abstract class RunningCommandContract {

    private static final Duration LONG = OneSandbox.LONG;
    private static final CommandReply DONE = new CommandReply.Done();

    private OneSandbox sandbox;
    private Workspace workspace;
    private Path directory;

    abstract SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon);

    @BeforeAll
    void create(@TempDir Path home) {
        directory = home;
        sandbox = OneSandbox.create(this::open, home, SandboxLimits.STANDARD);
        workspace = sandbox.workspace();
    }

    @AfterAll
    void destroy() {
        sandbox.close();
    }

    @Test
    void isReadPieceByPieceAndKeepsItsEnd() {
        RunningCommand command =
                start("echo one; while [ ! -e two ]; do sleep 0.05; done; echo two; exit 3", new Input.Given(""));

        CommandProgress first = command.read(0, LONG);
        assertThat(text(first)).isEqualTo("one\n");
        assertThat(first.state()).isInstanceOf(State.Running.class);
        workspace.write(sandbox.effect(), "two", new byte[0]);
        CommandProgress second = command.read(first.nextOffset(), LONG);

        assertThat(text(second)).isEqualTo("two\n");
        assertThat(awaitOver(command).result().end()).isEqualTo(new End.Exited(3));
        assertThat(awaitOver(command).result().output().head()).isEqualTo("one\ntwo\n");
    }

    @Test
    void startsOnceForAnId() {
        EffectId id = sandbox.effect();
        ExecCommand command = OneSandbox.bash("echo run >> starts; sleep 600", LONG);

        workspace.start(id, command);
        RunningCommand again = workspace.start(id, command);
        await().until(() ->
                workspace.read("starts", 10) instanceof FileReply.Content(byte[] bytes) && bytes.length > 0);

        assertThat(again.kill().end()).isEqualTo(new End.Killed());
        assertThat(sandbox.run("cat starts").output().head()).isEqualTo("run\n");
    }

    @Test
    void isFoundByAnotherProcessWhichTypesOnceForAnId() {
        RunningCommand mine = start("cat", new Input.Open());
        EffectId typed = sandbox.effect();
        assertThat(mine.write(typed, "one\n".getBytes(UTF_8), InputAfter.OPEN)).isEqualTo(DONE);

        try (SandboxProvider other = other()) {
            RunningCommand theirs = other.connect(SandboxSpec.idFor(sandbox.task()))
                    .command(mine.id())
                    .orElseThrow();
            assertThat(theirs.write(typed, "one\n".getBytes(UTF_8), InputAfter.OPEN))
                    .isEqualTo(DONE);
            assertThat(theirs.write(sandbox.effect(), "two\n".getBytes(UTF_8), InputAfter.CLOSED))
                    .isEqualTo(DONE);
        }

        assertThat(awaitOver(mine).result().output().head()).isEqualTo("one\ntwo\n");
        assertThat(mine.write(sandbox.effect(), new byte[1], InputAfter.OPEN)).isInstanceOf(CommandReply.Refused.class);
        assertThat(workspace.command(sandbox.effect())).isEmpty();
    }

    @Test
    void receivesSignals() {
        RunningCommand command =
                start("trap 'echo heard; exit 5' INT; echo up; while true; do sleep 0.05; done", new Input.Given(""));
        assertThat(text(command.read(0, LONG))).isEqualTo("up\n");

        assertThat(command.signal(sandbox.effect(), CommandSignal.INT)).isEqualTo(DONE);

        assertThat(awaitOver(command).result().end()).isEqualTo(new End.Exited(5));
        assertThat(command.signal(sandbox.effect(), CommandSignal.INT)).isInstanceOf(CommandReply.Refused.class);
    }

    @Test
    void hasATerminalWhenAskedForOne() {
        RunningCommand command = start(
                "read -p 'name? ' name; echo hello $name; trap 'stty size; exit 0' WINCH; echo ready; while true; do sleep 0.05; done",
                new Input.Terminal(TerminalSize.STANDARD));
        await().until(() -> text(command.read(0, LONG)).contains("name? "));

        assertThat(command.write(sandbox.effect(), "ada\r".getBytes(UTF_8), InputAfter.OPEN))
                .isEqualTo(DONE);
        await().until(() -> text(command.read(0, LONG)).endsWith("ready\r\n"));
        assertThat(command.resize(new TerminalSize(120, 40))).isEqualTo(DONE);

        assertThat(awaitOver(command).result().output().head())
                .isEqualTo("name? ada\r\nhello ada\r\nready\r\n40 120\r\n");
        assertThat(command.resize(TerminalSize.STANDARD)).isInstanceOf(CommandReply.Refused.class);
        assertThat(start("true", new Input.Given("")).resize(TerminalSize.STANDARD))
                .isInstanceOf(CommandReply.Refused.class);
    }

    @Test
    void isListedWhileItRunsAndAfterwards() {
        RunningCommand running = start("sleep 600", new Input.Given(""));
        EffectId over = sandbox.effect();
        workspace.exec(over, OneSandbox.bash("exit 6", LONG), Workspace.OutputListener.IGNORE);

        List<CommandSummary> commands = workspace.commands();
        assertThat(commands)
                .filteredOn(line -> line.id().equals(running.id()))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.end()).isNull();
                    assertThat(line.commandLine()).isEqualTo("/bin/bash -c sleep 600");
                    assertThat(line.processes()).isEqualTo(1);
                });
        assertThat(commands)
                .filteredOn(line -> line.id().equals(over))
                .extracting(CommandSummary::end)
                .containsExactly(new End.Exited(6));
        running.kill();
    }

    @Test
    void saysWhyItDidNotStart() {
        ExecCommand outside = new ExecCommand(List.of("/bin/true"), "/etc", Map.of(), LONG, "");

        assertThat(awaitOver(workspace.start(sandbox.effect(), outside))
                        .result()
                        .end())
                .isInstanceOf(End.NotStarted.class);
    }

    @Test
    void bringsBytesThatAreNoText() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        workspace.exec(
                sandbox.effect(), OneSandbox.bash("head -c 60000 /dev/urandom | tee noise", LONG), heard::writeBytes);

        assertThat(workspace.read("noise", 100_000))
                .isInstanceOfSatisfying(
                        FileReply.Content.class,
                        read -> assertThat(heard.toByteArray()).isEqualTo(read.bytes()));
    }

    @Test
    void tellsASlowReaderHowMuchItMissed() {
        RunningCommand command = start("head -c 1000000 /dev/zero; sleep 600", new Input.Given(""));
        await().until(() -> command.read(0, Duration.ZERO).bytesTotal() == 1_000_000);

        CommandProgress beginning = command.read(0, Duration.ZERO);
        CommandProgress later = command.read(beginning.nextOffset(), Duration.ZERO);

        assertThat(beginning.offset()).isZero();
        assertThat(beginning.chunk()).hasSize(64 * 1024);
        assertThat(later.offset()).isEqualTo(1_000_000 - 64 * 1024);
        assertThat(later.nextOffset()).isEqualTo(1_000_000);
        command.kill();
    }

    private SandboxProvider other() {
        OneSandbox.Opening opening = this::open;
        return opening.open(directory);
    }

    private RunningCommand start(String commandLine, Input input) {
        return workspace.start(
                sandbox.effect(),
                new ExecCommand(List.of("/bin/bash", "-c", commandLine), Workspace.ROOT, Map.of(), LONG, input));
    }

    private static State.Over awaitOver(RunningCommand command) {
        return (State.Over) await().atMost(LONG)
                .until(() -> command.read(Long.MAX_VALUE, LONG).state(), State.Over.class::isInstance);
    }

    private static String text(CommandProgress progress) {
        return new String(progress.chunk(), UTF_8);
    }
}
