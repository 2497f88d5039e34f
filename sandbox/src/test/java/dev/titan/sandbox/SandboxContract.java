package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.disk.WorkDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every provider promises, run against the real engine and the real daemon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxContract {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger turns = new AtomicInteger();
    private final TaskId task = newTask();
    private Path directory;
    private SandboxProvider provider;
    private Workspace workspace;

    /** Returns a provider as another process would have it: same home, nothing shared in memory. */
    abstract SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon);

    /** Ends the sandbox as a crash would, behind the provider's back. */
    abstract void kill(SandboxId id) throws IOException;

    /** Returns what a provider has left on this host of a sandbox, directories apart; empty for nothing. */
    abstract List<String> tracesOf(SandboxId id) throws IOException;

    /** Returns a lease that two sandboxes, made one after the other, begin before it ends. */
    Duration shortLease() {
        return Duration.ofSeconds(4);
    }

    @BeforeAll
    void create(@TempDir Path home) {
        directory = home;
        provider = open();
        if (provider.probe() instanceof Readiness.Missing(String reason, String remedy)) {
            String message = "%s is missing: %s (%s)".formatted(provider.name(), reason, remedy);
            Assumptions.assumeThat(Boolean.getBoolean("titan.skipMissing"))
                    .as(message)
                    .isTrue();
            throw new IllegalStateException(message);
        }
        workspace = provider.create(SandboxSpec.standard(task));
    }

    @AfterAll
    void destroy() {
        provider.list().forEach(provider::destroy);
        provider.close();
    }

    @Test
    void adoptsASandboxThatExists() {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        provider.create(spec).write(effect(), "made-by", "the first".getBytes(UTF_8));

        try (SandboxProvider other = open()) {
            Workspace again = other.create(spec);

            assertThat(again.read("made-by", 100)).isInstanceOf(FileReply.Content.class);
            assertThat(other.list()).containsOnlyOnce(spec.id());
        }
        provider.destroy(spec.id());
    }

    @Test
    void createsOneSandboxForTwoCallersAtOnce() {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        try (SandboxProvider other = open()) {
            CompletableFuture<Workspace> first = CompletableFuture.supplyAsync(() -> provider.create(spec));
            CompletableFuture<Workspace> second = CompletableFuture.supplyAsync(() -> other.create(spec));
            first.join().write(effect(), "shared", "one".getBytes(UTF_8));

            assertThat(second.join().read("shared", 100)).isInstanceOf(FileReply.Content.class);
            assertThat(provider.list()).containsOnlyOnce(spec.id());
        }
        provider.destroy(spec.id());
    }

    @Test
    void leavesNothingBehind() throws IOException {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Workspace doomed = provider.create(spec);
        doomed.exec(effect(), bash("mkdir -m 000 locked; setsid sleep 400 >/dev/null 2>&1 &"), OutputListener.IGNORE);

        provider.destroy(spec.id());
        provider.destroy(spec.id());

        assertThat(tracesOf(spec.id())).isEmpty();
        assertThat(provider.list()).doesNotContain(spec.id());
        TitanHome home = new TitanHome(directory);
        assertThat(new SandboxDirectories(home, HostId.of(home), provider.name())
                        .of(spec.id())
                        .path())
                .doesNotExist();
        assertThatThrownBy(() -> provider.connect(spec.id())).isInstanceOf(SandboxException.Lost.class);
    }

    @Test
    void leavesNoDiskBehindWhoeverIsKilled() throws IOException {
        Assumptions.assumeThat(WorkDisk.trial(directory.resolve("trial")))
                .as("this host has no disks to give: workspaces are in memory")
                .isEmpty();
        await().until(() -> disksBelow(directory.resolve("trial")).isEmpty());
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Path place = placeOf(spec.id());
        provider.create(spec);
        assertThat(disksBelow(place)).hasSize(1);

        kill(spec.id());

        await().atMost(LONG).until(() -> disksBelow(place).isEmpty());
        provider.destroy(spec.id());
        assertThat(place).doesNotExist();
    }

    @Test
    void refusesWhatThePolicyDemandsAndTheHostDoesNotGive() {
        SandboxPolicy policy = new SandboxPolicy(Isolation.KERNEL, Set.of());
        SandboxSpec spec =
                new SandboxSpec(idOfNewTask(), newTask(), SandboxLimits.STANDARD, SandboxLife.STANDARD, policy);

        assertThatThrownBy(() -> provider.create(spec))
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining("isolation kernel (it gives %s)".formatted(provider.isolation()));
        assertThat(provider.list()).doesNotContain(spec.id());
    }

    @Test
    void connectsToNothingThatIsNotThere() {
        assertThatThrownBy(() -> provider.connect(SandboxSpec.idFor(newTask())))
                .isInstanceOf(SandboxException.Lost.class);
    }

    @Test
    void tellsHowACommandEnded() {
        assertThat(run("exit 7").end()).isEqualTo(new End.Exited(7));
        assertThat(run("kill -TERM $$").end()).isEqualTo(new End.Signalled(15));
        assertThat(workspace
                        .exec(effect(), command(List.of("/no/such/program")), OutputListener.IGNORE)
                        .end())
                .isInstanceOf(End.NotStarted.class);
    }

    @Test
    void showsOutputInTheOrderItAppeared() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ExecResult result = workspace.exec(
                effect(), bash("echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three"), heard::writeBytes);

        assertThat(result.end()).isEqualTo(new End.Exited(0));
        assertThat(result.output().head()).isEqualTo("one\ntwo\nthree\n");
        assertThat(heard.toString(UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void bringsTheOutputOfACommandThatNeverPauses() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ExecResult result = workspace.exec(effect(), bash("seq 1 3000"), heard::writeBytes);

        assertThat(heard.toString(UTF_8)).startsWith("1\n2\n").endsWith("\n3000\n");
        assertThat(result.output().bytesTotal()).isEqualTo(heard.size());
    }

    @Test
    void callsTheListenerWhileACommandIsSilent() {
        AtomicInteger calls = new AtomicInteger();
        workspace.exec(effect(), bash("sleep 3"), chunk -> calls.incrementAndGet());

        assertThat(calls.get()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void killsEveryProcessOfACommandThatTakesTooLong() {
        ExecResult result = workspace.exec(
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
    void killsACommandWhoseListenerGivesUp() {
        IllegalStateException enough = new IllegalStateException("enough");
        EffectId effect = effect();

        assertThatThrownBy(() -> workspace.exec(effect, bash("sleep 621 & sleep 622"), chunk -> {
                    throw enough;
                }))
                .isSameAs(enough);

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(commandLines()).doesNotContain("sleep 62"));
        assertThat(workspace
                        .exec(effect, bash("sleep 621 & sleep 622"), OutputListener.IGNORE)
                        .end())
                .isEqualTo(new End.Killed());
    }

    @Test
    void givesACommandItsEnvironmentDirectoryAndInput() {
        run("mkdir -p sub/directory");
        ExecResult result = workspace.exec(
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
    void refusesADirectoryOutsideTheWorkspace() {
        ExecResult result = workspace.exec(
                effect(), new ExecCommand(List.of("/bin/true"), "/etc", Map.of(), LONG, ""), OutputListener.IGNORE);

        assertThat(result.end()).isInstanceOf(End.NotStarted.class);
    }

    @Test
    void runsTheSameEffectOnce() {
        EffectId effect = effect();
        ExecCommand command = bash("echo again >> counter; wc -l < counter");

        ExecResult first = workspace.exec(effect, command, OutputListener.IGNORE);
        ExecResult second = workspace.exec(effect, command, OutputListener.IGNORE);

        assertThat(first.output().head()).isEqualTo("1\n");
        assertThat(second).isEqualTo(first);
        assertThat(run("wc -l < counter").output().head()).isEqualTo("1\n");
    }

    @Test
    void letsAnotherProcessAttachAfterTheFirstIsGone() {
        EffectId effect = effect();
        ExecCommand command = bash("echo started >> attached; sleep 4; echo done");
        CompletableFuture<ExecResult> second;
        try (SandboxProvider other = open()) {
            Workspace theirs = other.connect(SandboxSpec.idFor(task));
            CompletableFuture<ExecResult> first =
                    CompletableFuture.supplyAsync(() -> theirs.exec(effect, command, OutputListener.IGNORE));
            await().until(() -> workspace.read("attached", 100) instanceof FileReply.Content);
            second = CompletableFuture.supplyAsync(() -> workspace.exec(effect, command, OutputListener.IGNORE));
            assertThat(first).isNotDone();
        }

        assertThat(second.join().output().head()).isEqualTo("done\n");
        assertThat(run("wc -l < attached").output().head()).isEqualTo("1\n");
    }

    @Test
    void outlivesTheProcessThatMadeIt() throws Exception {
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
                        provider.name(),
                        directory.toString(),
                        theirs.value(),
                        effect.toString(),
                        commandLine,
                        System.getProperty("titan.sandbox.image", ""))
                .inheritIO()
                .start();
        SandboxId id = SandboxSpec.idFor(theirs);
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(SandboxException.class)
                .until(() -> provider.connect(id).read("once", 100) instanceof FileReply.Content);

        owner.destroyForcibly().waitFor();

        Workspace adopted = provider.connect(id);
        adopted.write(new EffectId(theirs, new StepId("s1"), 2, 0), "go", new byte[0]);
        ExecResult result = adopted.exec(effect, bash(commandLine), OutputListener.IGNORE);
        assertThat(result.output().head()).isEqualTo("1\n");
        provider.destroy(id);
        assertThat(tracesOf(id)).isEmpty();
    }

    @Test
    void keepsFilesAsTheyWereWritten() {
        byte[] content = new byte[300_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }

        assertThat(workspace.write(effect(), "kept/deep/file.bin", content))
                .isEqualTo(new FileReply.Written("kept/deep/file.bin", content.length, true));
        assertThat(workspace.read("/work/kept/deep/file.bin", content.length))
                .isInstanceOfSatisfying(
                        FileReply.Content.class,
                        read -> assertThat(read.bytes()).isEqualTo(content));
        assertThat(workspace.list("kept", 2, 10))
                .isInstanceOfSatisfying(
                        FileReply.Listing.class,
                        listing -> assertThat(listing.entries())
                                .extracting(FileReply.Entry::path, FileReply.Entry::kind, FileReply.Entry::bytes)
                                .containsExactly(
                                        tuple("kept/deep", "directory", 0L),
                                        tuple("kept/deep/file.bin", "file", 300_000L)));
    }

    @Test
    void refusesFilesItCannotOrMustNotServe() {
        run("mkdir -p refused; ln -s /etc/passwd refused/link; head -c 2000 /dev/zero > refused/large");

        assertThat(problemOf(workspace.read("refused/none", 10))).isEqualTo(FileReply.Problem.NOT_FOUND);
        assertThat(problemOf(workspace.read("../etc/passwd", 10_000))).isEqualTo(FileReply.Problem.OUTSIDE_WORKSPACE);
        assertThat(problemOf(workspace.read("refused/link", 10_000))).isEqualTo(FileReply.Problem.OUTSIDE_WORKSPACE);
        assertThat(problemOf(workspace.read("refused/large", 1999))).isEqualTo(FileReply.Problem.TOO_LARGE);
        assertThat(problemOf(workspace.read("refused", 10))).isEqualTo(FileReply.Problem.WRONG_KIND);
        assertThat(problemOf(workspace.write(effect(), "/etc/hosts", new byte[1])))
                .isEqualTo(FileReply.Problem.OUTSIDE_WORKSPACE);
    }

    @Test
    void hasNoNetwork() {
        assertThat(run("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")
                        .output()
                        .head())
                .isEqualTo("lo\n");
        assertThat(run("exec 3<>/dev/tcp/192.0.2.1/80").end()).isEqualTo(new End.Exited(1));
    }

    @Test
    void cannotChangeTheSystem() {
        ExecResult result =
                run("for path in / /usr /etc /opt/titan /bin; do touch $path/x 2>/dev/null && echo $path; done; true");

        assertThat(result.output().head()).isEmpty();
    }

    @Test
    void isNobodySpecial() {
        assertThat(run("id -u; id -g").output().head()).isEqualTo("10001\n10001\n");
        assertThat(run("grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs)' /proc/self/status | tr -d ' \\t'")
                        .output()
                        .head())
                .isEqualTo("""
                        CapPrm:0000000000000000
                        CapEff:0000000000000000
                        CapBnd:0000000000000000
                        NoNewPrivs:1
                        """);
    }

    @Test
    void filtersSystemCalls() {
        assertThat(run("grep ^Seccomp: /proc/self/status | tr -d '\\t'")
                        .output()
                        .head())
                .isEqualTo("Seccomp:2\n");
    }

    @Test
    void hasTheToolsOfTheBaseImage() {
        ExecResult result = run(
                "for tool in node npm python3 git gcc make curl; do $tool --version >/dev/null 2>&1 || echo $tool; done; python3 -m pytest --version >/dev/null 2>&1 || echo pytest");

        assertThat(result.output().head()).isEmpty();
    }

    @Test
    void isLostWhenItIsKilled() throws IOException {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Workspace doomed = provider.create(spec);
        CompletableFuture<ExecResult> running = CompletableFuture.supplyAsync(
                () -> doomed.exec(effect(), bash("touch running; sleep 600"), OutputListener.IGNORE));
        await().until(() -> doomed.read("running", 10) instanceof FileReply.Content);

        kill(spec.id());

        assertThatThrownBy(running::join).hasCauseInstanceOf(SandboxException.Lost.class);
        assertThatThrownBy(() -> doomed.read("running", 10)).isInstanceOf(SandboxException.Lost.class);
        provider.destroy(spec.id());
    }

    @Test
    void isLostWhenItsDaemonIsKilledFromInside() {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Workspace doomed = provider.create(spec);

        assertThatThrownBy(() -> doomed.exec(
                        effect(),
                        bash(
                                "for p in /proc/[0-9]*; do [ ${p#/proc/} != 1 ] && [ ${p#/proc/} != $$ ] && kill -9 ${p#/proc/}; done; sleep 60"),
                        OutputListener.IGNORE))
                .isInstanceOf(SandboxException.Lost.class);
        provider.destroy(spec.id());
        assertThat(provider.list()).doesNotContain(spec.id());
    }

    @Test
    void endsItselfWhenNobodyRenewsItsLease() throws IOException {
        SandboxLife life = new SandboxLife(shortLease(), Duration.ofMinutes(10));
        SandboxSpec kept = new SandboxSpec(idOfNewTask(), newTask(), SandboxLimits.STANDARD, life);
        SandboxSpec left = new SandboxSpec(idOfNewTask(), newTask(), SandboxLimits.STANDARD, life);
        provider.create(kept);
        provider.create(left);

        await().atMost(LONG).until(() -> {
            provider.renew(kept.id());
            return tracesOf(left.id()).isEmpty();
        });

        assertThat(provider.connect(kept.id()).list(".", 1, 1)).isInstanceOf(FileReply.Listing.class);
        assertThat(provider.list())
                .as("its place on the host is left for the reaper")
                .contains(left.id(), kept.id());
        provider.destroy(kept.id());
        provider.destroy(left.id());
    }

    @Test
    void reclaimsWhatNobodyWants() throws IOException {
        try (SandboxProvider other = open(new TitanHome(directory.resolve("h")))) {
            SandboxSpec wanted = SandboxSpec.standard(newTask());
            SandboxSpec unwanted = SandboxSpec.standard(newTask());
            other.create(wanted);
            other.create(unwanted);
            SandboxLeases leases = new SandboxLeases(other);

            assertThat(leases.reclaim(() -> wanted.id()::equals)).containsExactly(unwanted.id());
            assertThat(leases.renewAll()).containsOnlyKeys(wanted.id());
            assertThat(leases.endExpired()).isEmpty();
            assertThat(other.list()).containsExactly(wanted.id());
            assertThat(tracesOf(unwanted.id())).isEmpty();
            assertThat(leases.reclaim(() -> id -> false)).containsExactly(wanted.id());
            assertThat(tracesOf(wanted.id())).isEmpty();
        }
    }

    /** Runs a command in the sandbox that the tests share. */
    final ExecResult run(String commandLine) {
        return workspace.exec(effect(), bash(commandLine), OutputListener.IGNORE);
    }

    /** Returns the id of that sandbox. */
    final SandboxId id() {
        return SandboxSpec.idFor(task);
    }

    static TaskId newTask() {
        return new TaskId("task-" + UUID.randomUUID());
    }

    final SandboxProvider open() {
        return open(new TitanHome(directory));
    }

    final Path directory() {
        return directory;
    }

    static SandboxdDistribution daemon(TitanHome home) {
        return new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                home);
    }

    private SandboxProvider open(TitanHome home) {
        return open(home, HostId.of(home), daemon(home));
    }

    private Path placeOf(SandboxId id) {
        TitanHome home = new TitanHome(directory);
        return new SandboxDirectories(home, HostId.of(home), provider.name())
                .of(id)
                .path();
    }

    /** Returns the loop devices over files below a directory, deleted ones too. */
    private static List<String> disksBelow(Path path) throws IOException {
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            return devices.map(device -> backingFile(device.resolve("loop/backing_file")))
                    .filter(file -> file.startsWith(path + "/"))
                    .toList();
        }
    }

    private static String backingFile(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException free) {
            return "";
        }
    }

    private static SandboxId idOfNewTask() {
        return SandboxSpec.idFor(newTask());
    }

    private EffectId effect() {
        return new EffectId(task, new StepId("s1"), turns.incrementAndGet(), 0);
    }

    private static ExecCommand bash(String commandLine) {
        return ExecCommand.bash(commandLine, LONG);
    }

    private static ExecCommand command(List<String> argv) {
        return new ExecCommand(argv, Workspace.ROOT, Map.of(), LONG, "");
    }

    private String commandLines() {
        return run("cat /proc/[0-9]*/cmdline | tr '\\0' ' '").output().head();
    }

    private static FileReply.Problem problemOf(FileReply reply) {
        assertThat(reply).isInstanceOf(FileReply.Refused.class);
        return ((FileReply.Refused) reply).problem();
    }
}
