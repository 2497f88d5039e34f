package dev.titan.sandboxd;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.sandboxd.protocol.ExecListing;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.ExecState;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are talked to while they run, in the daemon as it was built. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must show where
@Tag("sandboxd")
class SandboxdInputIT {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable DaemonProcess started;

    @BeforeAll
    static void start() throws IOException {
        started = DaemonProcess.start(directory);
    }

    @AfterAll
    static void end() throws IOException {
        daemon().close();
    }

    @Test
    void readsWhatIsTypedUntilItsInputIsClosed() {
        open("cat", "cat");

        assertThat(daemon().type("cat", "w1", "one\n", "open").status()).isEqualTo(204);
        daemon().awaitOutput("cat", "one\n"::equals);
        assertThat(daemon().type("cat", "w2", "grüße", "closed").status()).isEqualTo(204);

        assertThat(output(daemon().end("cat"))).isEqualTo("one\ngrüße");
        assertThat(daemon().end("cat").end()).isEqualTo(new End.Exited(0));
    }

    @Test
    void typesUnderOneKeyOnce() {
        open("once", "cat");

        daemon().type("once", "same", "typed\n", "open");
        assertThat(daemon().type("once", "same", "typed\n", "open").status()).isEqualTo(204);
        daemon().type("once", "other", "typed\n", "closed");

        assertThat(output(daemon().end("once"))).isEqualTo("typed\ntyped\n");
        assertThat(daemon().type("once", "same", "typed\n", "open").status())
                .as("a repeat after the end is told what the first was told")
                .isEqualTo(204);
    }

    @Test
    void keepsWaitingBytesForASlowReaderAndRefusesMore() {
        open("slow", "while [ ! -e read-now ]; do sleep 0.05; done; wc -c");
        String half = "x".repeat(48 * 1024);

        // A pipe holds 64 KiB of it, and as much waits before it.
        int taken = 0;
        while (daemon().type("slow", "slow" + taken, half, "open").status() == 204) {
            taken++;
        }
        assertThat(taken).isBetween(1, 2);
        assertThat(daemon().type("slow", "refused", half, "open").problem()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(daemon().bash("meanwhile", "touch read-now").end()).isEqualTo(new End.Exited(0));
        await().until(() -> daemon().type("slow", "last", "", "closed").status() == 204);

        assertThat(output(daemon().end("slow")).strip()).isEqualTo(Integer.toString(taken * half.length()));
    }

    @Test
    void refusesToTypeWhereNobodyReads() {
        daemon().bash("over", "true");
        daemon().begin("given", "sleep 600", LONG);
        open("deaf", "exec 0<&-; echo closed; sleep 600");
        daemon().awaitOutput("deaf", "closed\n"::equals);

        assertThat(daemon().type("over", "r1", "x", "open").problem()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(daemon().type("given", "r2", "x", "open").problem()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(daemon().type("unknown", "r3", "x", "open").problem()).isEqualTo(Refusal.Kind.UNKNOWN_KEY);
        assertThat(daemon().type("given", "r4", "x", "perhaps").problem()).isEqualTo(Refusal.Kind.BAD_REQUEST);
        assertThat(daemon().type("given", "r5", "x".repeat(65_537), "open").problem())
                .isEqualTo(Refusal.Kind.TOO_LARGE);
        daemon().type("deaf", "r6", "x", "open");
        await().untilAsserted(() -> assertThat(
                        daemon().ask("POST", input("deaf", "r7-" + System.nanoTime()), new byte[1])
                                .problem())
                .isEqualTo(Refusal.Kind.CONFLICT));
        daemon().kill("given");
        daemon().kill("deaf");
    }

    @Test
    void signalsTheWholeGroupOnceForAKey() {
        open(
                "group",
                "trap 'echo outer' USR1; (trap 'echo inner' USR1; echo up; while true; do sleep 0.05; done) &"
                        + " while true; do sleep 0.05; done");
        daemon().awaitOutput("group", "up\n"::equals);

        assertThat(daemon().signal("group", "s1", "usr1").status()).isEqualTo(204);
        assertThat(daemon().signal("group", "s1", "usr1").status()).isEqualTo(204);
        daemon().awaitOutput("group", seen -> seen.contains("outer") && seen.contains("inner"));
        daemon().signal("group", "s2", "term");

        ExecState state = daemon().end("group");
        assertThat(state.end()).isEqualTo(new End.Signalled(15));
        assertThat(output(state).lines().filter(line -> !line.startsWith("User defined"))) // bash tells of its sleep
                .containsExactlyInAnyOrder("up", "outer", "inner");
        assertThat(daemon().signal("group", "s3", "term").problem()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(daemon().signal("group", "s4", "kill").problem()).isEqualTo(Refusal.Kind.BAD_REQUEST);
    }

    @Test
    void stopsAndContinuesAndStillEndsAtItsTimeLimit() {
        open("stopped", "while true; do echo tick; sleep 0.05; done");
        daemon().awaitOutput("stopped", seen -> seen.startsWith("tick"));

        daemon().signal("stopped", "st", "stop");
        await().until(() -> {
            long before = daemon().attach("stopped", 0, Duration.ZERO).bytesTotal();
            return daemon().attach("stopped", before, Duration.ofMillis(400)).bytesTotal() == before;
        });
        long before = daemon().attach("stopped", 0, Duration.ZERO).bytesTotal();
        daemon().signal("stopped", "co", "cont");
        await().until(() -> daemon().attach("stopped", 0, Duration.ZERO).bytesTotal() > before);

        daemon().signal("stopped", "st2", "stop");
        assertThat(daemon().kill("stopped").end()).isEqualTo(new End.Killed());
    }

    @Test
    void givesACommandATerminalOfItsOwn() {
        terminal(
                "tty",
                "tty; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo all; echo $TERM; stty size < /dev/tty;"
                        + " trap 'stty size; exit 3' WINCH; while true; do sleep 0.05; done");
        daemon().awaitOutput("tty", seen -> seen.endsWith("24 80\r\n"));

        assertThat(daemon().resize("tty", 132, 50).status()).isEqualTo(204);

        ExecState state = daemon().end("tty");
        assertThat(state.end()).isEqualTo(new End.Exited(3));
        assertThat(output(state).lines().skip(1)).containsExactly("all", "xterm-256color", "24 80", "50 132");
        assertThat(daemon().resize("tty", 80, 24).problem()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void runsAnInteractiveShellOnItsTerminal() {
        terminal("shell", "exec bash --norc --noprofile -i");
        daemon().awaitOutput("shell", seen -> seen.matches("(?s).*[$#] "));

        daemon().type("shell", "t1", "sleep 600\n", "open");
        await().until(() -> lines().stream().anyMatch(line -> line.key().equals("shell") && line.processes() == 2));
        daemon().type("shell", "t2", "\u0003", "open");
        daemon().type("shell", "t3", "echo interrupted $?\n", "open");
        daemon().awaitOutput("shell", seen -> seen.contains("interrupted 130"));
        daemon().type("shell", "t4", "sleep 600\n", "open");
        await().until(() -> lines().stream().anyMatch(line -> line.key().equals("shell") && line.processes() == 2));
        daemon().signal("shell", "t5", "int");
        daemon().type("shell", "t6", "echo again $?\n", "open");
        daemon().awaitOutput("shell", seen -> seen.contains("again 130"));
        daemon().type("shell", "t7", "", "closed");

        assertThat(daemon().end("shell").running()).isFalse();
        assertThat(daemon().type("shell", "t8", "x", "open").problem()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void hangsUpOnWhatATerminalCommandLeavesBehind() throws IOException {
        terminal(
                "left",
                "(trap '' HUP; echo $BASHPID > left.pid; exec sleep 600) & while [ ! -s left.pid ]; do sleep 0.05; done");

        assertThat(daemon().end("left").end()).isEqualTo(new End.Exited(0));
        assertThat(daemon().resize("left", 80, 24).problem()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(daemon().bash("kill-left", "kill $(cat left.pid)").end()).isEqualTo(new End.Exited(0));
        assertThat(daemon().bash("after", "echo fine").end()).isEqualTo(new End.Exited(0));
        assertThat(Files.readString(daemon().root().resolve("left.pid"))).isNotBlank();
    }

    @Test
    void listsRunningCommandsFirst() {
        daemon().bash("listed-over", "exit 4");
        daemon().begin("listed-running", "echo some; sleep 600 & sleep 600", LONG);
        daemon().awaitOutput("listed-running", "some\n"::equals);
        await().until(() ->
                lines().stream().anyMatch(line -> line.key().equals("listed-running") && line.processes() == 3));

        List<ExecListing.Line> lines = lines();
        assertThat(lines)
                .extracting(ExecListing.Line::key, ExecListing.Line::end, ExecListing.Line::bytesTotal)
                .contains(tuple("listed-running", null, 5L), tuple("listed-over", new End.Exited(4), 0L));
        assertThat(lines.stream().map(line -> line.end() != null).toList()).isSorted();
        assertThat(lines)
                .filteredOn(line -> line.key().equals("listed-over"))
                .singleElement()
                .satisfies(line -> assertThat(line.commandLine()).isEqualTo("/bin/bash -c exit 4"));
        daemon().kill("listed-running");
    }

    private static DaemonProcess daemon() {
        return requireNonNull(started);
    }

    private static void open(String key, String commandLine) {
        begin(key, commandLine, new Input.Open());
    }

    private static void terminal(String key, String commandLine) {
        begin(key, commandLine, new Input.Terminal(TerminalSize.STANDARD));
    }

    private static void begin(String key, String commandLine, Input input) {
        daemon().begin(
                        key,
                        new ExecRequest(List.of("/bin/bash", "-c", commandLine), "", Map.of(), LONG.toMillis(), input));
    }

    private static String input(String key, String effect) {
        return SandboxdRoute.EXEC_INPUT + "?key=" + key + "&effect=" + effect + "&after=open";
    }

    private static List<ExecListing.Line> lines() {
        return daemon().ask("GET", SandboxdRoute.EXEC_LIST, new byte[0])
                .json(ExecListing.class)
                .commands();
    }

    private static String output(ExecState state) {
        return requireNonNull(state.output()).head();
    }
}
