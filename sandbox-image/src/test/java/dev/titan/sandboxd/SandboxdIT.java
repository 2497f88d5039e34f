package dev.titan.sandboxd;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.ExecResult.Output;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.ExecState;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands in the daemon as it was built. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must show where
@Tag("sandboxd")
class SandboxdIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1_500);

    @TempDir
    static Path directory = Path.of("");

    private @Nullable DaemonProcess started;

    @BeforeEach
    void start() throws IOException {
        started = DaemonProcess.start(Files.createTempDirectory(directory, "d"));
    }

    @AfterEach
    void end() throws IOException {
        daemon().close();
    }

    @Test
    void keepsBothStreamsInOrderAndTheExitStatus() {
        ExecState state = daemon().bash("k", "echo one; echo two >&2; echo three; exit 7");

        assertThat(state.end()).isEqualTo(new End.Exited(7));
        assertThat(state.output()).isEqualTo(new Output("one\ntwo\nthree\n", null, 14, 0));
    }

    @Test
    void tellsASignalFromAnExit() {
        assertThat(daemon().bash("k", "kill -11 $$").end()).isEqualTo(new End.Signalled(11));
        assertThat(daemon().bash("k9", "kill -9 $$").end()).isEqualTo(new End.Signalled(9));
    }

    @Test
    void saysWhatCouldNotBeStarted() {
        assertThat(daemon().run("none", request("no-such-program")).end())
                .isInstanceOfSatisfying(
                        End.NotStarted.class, end -> assertThat(end.message()).contains("no-such-program"));
        assertThat(daemon().run("slash", request("./missing")).end())
                .isEqualTo(new End.NotStarted("cannot start './missing': no such file or directory"));
        assertThat(daemon().run("nul", request("ec\0ho")).end()).isInstanceOf(End.NotStarted.class);
        assertThat(daemon().run("long", request("echo", "x".repeat(200_000))).end())
                .isEqualTo(new End.NotStarted("cannot start 'echo': arguments and environment are too long"));
        assertThat(daemon().run("variable", requestIn("", Map.of("A=B", "c"), "", "true"))
                        .end())
                .isInstanceOf(End.NotStarted.class);
    }

    @Test
    void runsInTheWorkspaceOnly() throws IOException {
        Files.createDirectories(daemon().root().resolve("sub"));
        Files.createSymbolicLink(daemon().root().resolve("out"), Path.of("/tmp"));

        assertThat(output(daemon().run("sub", requestIn("sub", Map.of(), "", "pwd"))))
                .isEqualTo(daemon().root() + "/sub\n");
        assertThat(output(daemon().run("abs", requestIn(daemon().root() + "/sub", Map.of(), "", "pwd"))))
                .isEqualTo(daemon().root() + "/sub\n");
        Stream.of("..", "/", "/tmp", "out", "missing", daemon().root() + "/../..")
                .forEach(outside -> assertThat(daemon().run(outside, requestIn(outside, Map.of(), "", "pwd"))
                                .end())
                        .as(outside)
                        .isInstanceOfSatisfying(
                                End.NotStarted.class,
                                end -> assertThat(end.message()).startsWith("working directory: ")));
    }

    @Test
    void startsWithAnEnvironmentOfItsOwn() {
        String seen = output(daemon().run("env", requestIn("", Map.of("MINE", "given", "LANG", "C"), "", "env")));

        assertThat(seen.lines())
                .contains("MINE=given", "LANG=C", "HOME=" + daemon().root(), "TERM=dumb")
                .anyMatch(line -> line.startsWith("PATH=/usr/local/sbin:"))
                .noneMatch(line -> line.contains("SECRET_OF_THE_DAEMON"));
    }

    @Test
    void inheritsNothingButItsStreams() {
        assertThat(output(daemon().bash("fds", "ls /proc/$$/fd; true"))).isEqualTo("0\n1\n2\n");
    }

    @Test
    void leadsASessionAndDiesBeforeTheDaemon() throws IOException {
        Path score =
                Path.of("/proc/%d/oom_score_adj".formatted(daemon().process().pid()));
        int own = Integer.parseInt(Files.readString(score).strip());

        String seen = output(daemon().bash(
                        "k",
                        "read -r a b c d e f rest < /proc/$$/stat; [ $$ = $f ] && echo leader; sleep 0.2;"
                                + " cat /proc/self/oom_score_adj"));

        assertThat(seen).isEqualTo("leader\n%d\n".formatted(Math.min(1000, own + 300)));
    }

    @Test
    void feedsStandardInput() {
        assertThat(output(daemon().run("cat", requestIn("", Map.of(), "grüße\n", "cat"))))
                .isEqualTo("grüße\n");
        assertThat(output(daemon().run("none", request("cat")))).isEmpty();
        assertThat(output(daemon().run("much", requestIn("", Map.of(), "x".repeat(1_000_000), "wc", "-c"))))
                .isEqualTo("1000000\n");
    }

    @Test
    void passesBinaryOutputOn() {
        ExecState state = daemon().bash("k", "printf 'a\\xff\\x00b'");

        assertThat(daemon().attach("k", 0, Duration.ZERO).chunk()).containsExactly('a', 0xff, 0, 'b');
        assertThat(state.output()).isEqualTo(new Output("a\ufffd\0b", null, 4, 0));
    }

    @Test
    void keepsHeadAndTailOfAHugeOutputInBoundedMemory() throws IOException {
        ExecState state = daemon().bash("k", "echo first; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo last");

        assertThat(state.end()).isEqualTo(new End.Exited(0));
        assertThat(state.bytesTotal()).isEqualTo(100_000_012);
        assertThat(output(state)).startsWith("first\nxxx").hasSize(64 * 1024);
        assertThat(String.valueOf(kept(state).tail())).endsWith("xxx\nlast\n").hasSize(64 * 1024);
        assertThat(kept(state).bytesCut()).isEqualTo(100_000_012 - 128 * 1024);
        assertThat(daemonPeakKilobytes()).isLessThan(160_000);
    }

    @Test
    void killsEverythingWhenTimeIsUp() {
        ExecState state = daemon().bash("k", """
                sleep 600 & echo $! > grandchild.pid
                setsid sh -c 'echo $$ > session.pid; exec sleep 600' &
                env -i setsid sh -c 'echo $$ > bare.pid; exec sleep 600' &
                (env -i setsid sh -c 'env -i sleep 600 & echo $! > orphan.pid' &)
                trap '' TERM INT HUP
                while [ ! -s session.pid ] || [ ! -s bare.pid ] || [ ! -s orphan.pid ]; do sleep 0.05; done
                echo all up
                while true; do sleep 600; done""", SHORT);

        assertThat(state.end()).isEqualTo(new End.TimedOut(SHORT));
        assertThat(output(state)).isEqualTo("all up\n");
        Stream.of("grandchild", "session", "bare", "orphan").forEach(this::assertGone);
        await().untilAsserted(() -> assertThat(health()).contains("\"processes\":0"));
    }

    @Test
    void leavesOtherCommandsAloneWhenItKillsOne() {
        daemon().begin("other", "setsid sleep 600 & echo $! > other.pid; wait", LONG);
        awaitFile("other.pid");

        assertThat(daemon().bash("k", "sleep 600", Duration.ofMillis(300)).end())
                .isEqualTo(new End.TimedOut(Duration.ofMillis(300)));

        assertThat(daemon().attach("other", 0, Duration.ZERO).running()).isTrue();
        assertThat(isAlive(pid("other"))).isTrue();
    }

    @Test
    void killsOnRequest() {
        daemon().begin("k", "setsid sleep 600 & echo $! > child.pid; echo started; sleep 600", LONG);
        awaitFile("child.pid");

        ExecState state = daemon().kill("k");

        assertThat(state.running()).isFalse();
        assertThat(state.end()).isEqualTo(new End.Killed());
        assertThat(output(state)).isEqualTo("started\n");
        assertGone("child");
        assertThat(daemon().kill("k").end()).isEqualTo(new End.Killed());
    }

    @Test
    void winsAgainstAForkBomb() {
        ExecState state =
                daemon().bash("bomb", "n=0; f() { n=$((n+1)); [ $n -lt 9 ] || sleep 600; f & f & wait; }; f", SHORT);

        assertThat(state.end()).isInstanceOf(End.TimedOut.class);
        await().atMost(LONG).untilAsserted(() -> assertThat(health()).contains("\"processes\":0"));
        assertThat(daemon().bash("after", "echo fine").end()).isEqualTo(new End.Exited(0));
    }

    @Test
    void doesNotWaitForWhatACommandLeavesBehind() {
        ExecState state = daemon().bash(
                        "k",
                        "(sleep 1; echo late; echo survived > after.txt; sleep 600) & echo $! > left.pid; echo done");

        assertThat(state.end()).isEqualTo(new End.Exited(0));
        assertThat(output(state)).isEqualTo("done\n");
        assertThat(isAlive(pid("left"))).isTrue();
        awaitFile("after.txt");
        assertThat(daemon().attach("k", 0, Duration.ZERO).output()).isEqualTo(state.output());
    }

    @Test
    void runsAKeyOnceHoweverOftenItIsAsked() {
        String count = "echo x >> count; sleep 0.5; echo done";
        List<CompletableFuture<ExecState>> asked = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> daemon().bash("task-1/s/1/0", count)))
                .toList();

        assertThat(asked).allSatisfy(state -> assertThat(output(state.join())).isEqualTo("done\n"));
        assertThat(output(daemon().bash("task-1/s/1/0", count))).isEqualTo("done\n");
        assertThat(daemon().root().resolve("count")).hasContent("x\n");
        daemon().bash("task-1/s/1/1", count);
        assertThat(daemon().root().resolve("count")).hasContent("x\nx\n");
    }

    @Test
    void letsOthersReadOnWhereTheyStopped() {
        daemon().begin("k", "echo begin; while [ ! -e go ]; do sleep 0.05; done; echo end", LONG);

        ExecState first = daemon().attach("k", 0, LONG);
        assertThat(first.running()).isTrue();
        assertThat(new String(first.chunk(), StandardCharsets.UTF_8)).isEqualTo("begin\n");

        CompletableFuture<ExecState> waiting =
                CompletableFuture.supplyAsync(() -> daemon().attach("k", first.nextOffset(), LONG));
        daemon().bash("go", "touch go");

        assertThat(new String(waiting.join().chunk(), StandardCharsets.UTF_8)).isEqualTo("end\n");
        assertThat(output(daemon().end("k"))).isEqualTo("begin\nend\n");
    }

    @Test
    void doesNotKnowWhatItWasNeverAsked() {
        assertThat(daemon().ask("GET", SandboxdRoute.EXEC + "?key=unknown", new byte[0])
                        .problem())
                .isEqualTo(Refusal.Kind.UNKNOWN_KEY);
        assertThat(daemon().ask("POST", SandboxdRoute.EXEC_KILL + "?key=unknown", new byte[0])
                        .problem())
                .isEqualTo(Refusal.Kind.UNKNOWN_KEY);
    }

    @Test
    void refusesWhatIsNoRequest() {
        byte[] nothing = {};
        assertThat(daemon().ask("GET", "/v1/nowhere", nothing).problem()).isEqualTo(Refusal.Kind.BAD_REQUEST);
        assertThat(daemon().ask("PUT", SandboxdRoute.EXEC, nothing).problem()).isEqualTo(Refusal.Kind.BAD_REQUEST);
        assertThat(daemon().ask("PUT", SandboxdRoute.EXEC + "?key=k", "{".getBytes(StandardCharsets.UTF_8))
                        .problem())
                .isEqualTo(Refusal.Kind.BAD_REQUEST);
        assertThat(daemon().ask(
                                "PUT",
                                SandboxdRoute.EXEC + "?key=k",
                                "{\"argv\":[],\"timeout_ms\":1}".getBytes(StandardCharsets.UTF_8))
                        .problem())
                .isEqualTo(Refusal.Kind.BAD_REQUEST);
        assertThat(daemon().ask("GET", SandboxdRoute.EXEC + "?key=k&offset=minus", nothing)
                        .problem())
                .isEqualTo(Refusal.Kind.BAD_REQUEST);
        assertThat(daemon().ask("PUT", SandboxdRoute.EXEC + "?key=k", new byte[3_000_000])
                        .problem())
                .isEqualTo(Refusal.Kind.TOO_LARGE);
    }

    @Test
    void refusesMoreCommandsThanItCanHold() {
        IntStream.range(0, 64).forEach(number -> daemon().begin("k" + number, "sleep 600", LONG));

        assertThat(daemon().put("one-more", request("true")).problem()).isEqualTo(Refusal.Kind.BUSY);

        daemon().kill("k0");
        assertThat(daemon().run("one-more", request("true")).end()).isEqualTo(new End.Exited(0));
    }

    private DaemonProcess daemon() {
        return requireNonNull(started);
    }

    private static ExecRequest request(String... argv) {
        return requestIn("", Map.of(), "", argv);
    }

    private static ExecRequest requestIn(String workdir, Map<String, String> env, String stdin, String... argv) {
        return new ExecRequest(List.of(argv), workdir, env, LONG.toMillis(), new Input.Given(stdin));
    }

    private static Output kept(ExecState state) {
        return requireNonNull(state.output());
    }

    private static String output(ExecState state) {
        return kept(state).head();
    }

    private String health() {
        return daemon().ask("GET", SandboxdRoute.HEALTH, new byte[0]).text();
    }

    private void awaitFile(String name) {
        await().atMost(LONG)
                .until(() -> Files.exists(daemon().root().resolve(name))
                        && Files.size(daemon().root().resolve(name)) > 0);
    }

    private long pid(String name) {
        try {
            return Long.parseLong(
                    Files.readString(daemon().root().resolve(name + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertGone(String name) {
        await().untilAsserted(() -> assertThat(isAlive(pid(name))).as(name).isFalse());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private long daemonPeakKilobytes() throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(daemon().process().pid()));
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
