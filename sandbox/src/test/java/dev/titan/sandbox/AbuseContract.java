package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a command may do at its worst: each case ends in a typed answer, and the next command in the same sandbox works.
 * Meanwhile a neighbour lives undisturbed, and the process that asks stays small.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
abstract class AbuseContract {

    /** Overrides how much the largest output is, in bytes: 10 GB take seconds longer than the suite has for it. */
    private static final String OUTPUT_BYTES_SETTING = "titan.abuse.outputBytes";

    private static final long OUTPUT_BYTES = Long.getLong(OUTPUT_BYTES_SETTING, 2_000_000_000L);

    /** How much the heap of this process may grow over all of it: what one answer and one listing take, ten times. */
    private static final long HEAP_GROWTH_BYTES_MAX = 64L << 20;

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Small, so that little work uses everything up. */
    private static final SandboxLimits LIMITS = new SandboxLimits(768 << 20, 2, 256, 1024, 256 << 20, 64 << 20);

    /** Takes all memory there is. */
    private static final String HOG = "python3 -c 'hog = [bytearray(1 << 24) for _ in range(1024)]'";

    private OneSandbox sandbox;
    private Workspace workspace;
    private Neighbour neighbour;
    private long heapBefore;

    abstract SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon);

    @BeforeAll
    void create(@TempDir Path directory) {
        sandbox = OneSandbox.create(this::open, directory, LIMITS);
        workspace = sandbox.workspace();
        TaskId next = OneSandbox.newTask();
        neighbour = new Neighbour(sandbox.provider().create(SandboxSpec.standard(next)), next);
        run("true");
        heapBefore = heapInUse();
    }

    @AfterAll
    void theNeighbourAndThisProcessHaveNotNoticed() {
        try {
            await().atMost(LONG).until(() -> neighbour.answers() >= 3);
            neighbour.leave();
            assertThat(neighbour.failures()).isEmpty();
            assertThat(heapInUse() - heapBefore)
                    .as("growth of this process's heap, in bytes")
                    .isLessThan(HEAP_GROWTH_BYTES_MAX);
            System.out.printf(
                    "%s: the neighbour answered %d times, p95 %d ms; the heap grew by %d KiB%n",
                    sandbox.provider().name(),
                    neighbour.answers(),
                    neighbour.p95Millis(),
                    (heapInUse() - heapBefore) / 1024);
        } finally {
            sandbox.close();
        }
    }

    @Test
    void aForkBombIsEnded() {
        assumeEnforced(SandboxProvider.Unenforced.PROCESSES);

        assertThat(run("bomb() { bomb | bomb & }; bomb; sleep 60", SHORT).end()).isEqualTo(new End.TimedOut(SHORT));

        assertWorks();
    }

    @Test
    void aCommandThatHasNoProcessesToGetIsStillHeard() {
        assumeEnforced(SandboxProvider.Unenforced.PROCESSES);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        CompletableFuture<ExecResult> ticking = beside(() -> workspace.exec(
                effect(),
                OneSandbox.bash(
                        "mkfifo f; exec 3<>f; while [ ! -e stop ]; do echo tick; read -t 0.1 -u 3; done; echo end",
                        LONG),
                heard::writeBytes));
        await().until(() -> heard.size() > 0);

        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<ExecResult> greedy = beside(() -> workspace.exec(
                effect(), OneSandbox.bash("while true; do sleep 600 & done 2> /dev/null", LONG), chunk -> {
                    if (enough.get()) {
                        throw new IllegalStateException("enough");
                    }
                }));
        await().atMost(LONG).until(() -> run("true", LONG).end() instanceof End.NotStarted);
        int before = heard.size();
        await().until(() -> heard.size() > before + "tick\n".length());
        assertThat(workspace.write(effect(), "stop", new byte[0])).isInstanceOf(FileReply.Written.class);

        assertThat(ticking.join().end()).isEqualTo(new End.Exited(0));
        assertThat(heard.toString(UTF_8)).endsWith("tick\nend\n");
        enough.set(true);
        assertThat(greedy).failsWithin(LONG);
        assertWorks();
    }

    /** Where only the host's disk bounds the workspace, one file is bounded all the same. */
    @Test
    void aFullWorkspaceIsAnErrorOfTheCommand() {
        int files = enforces(SandboxProvider.Unenforced.WORK_BYTES) ? 4 : 1;

        ExecResult result = run(
                "for n in $(seq %d); do head -c %dM /dev/zero > full$n || exit 5; done".formatted(files, 400 / files));

        assertThat(result.end()).isEqualTo(new End.Exited(5));
        assertThat(result.output().head())
                .containsAnyOf("No space left", "quota exceeded", "File too large", "File size limit exceeded");
        assertWorks();
        assertThat(run("rm full*").end()).isEqualTo(new End.Exited(0));
    }

    /** Where the workspace has no limit of its own, the sandbox's own /tmp takes the files, and time its limit. */
    @Test
    void aMillionFilesAreAnErrorOfTheCommand() {
        String directory = enforces(SandboxProvider.Unenforced.WORK_BYTES) ? "/work/many" : "/tmp/many";
        String program = "import os\nfor n in range(1000000): os.close(os.open(str(n), os.O_CREAT | os.O_WRONLY))";

        ExecResult result = run(
                "mkdir %s && cd %s && python3 -c '%s'".formatted(directory, directory, program), Duration.ofSeconds(3));

        assertThat(result.end()).isIn(new End.Exited(1), new End.TimedOut(Duration.ofSeconds(3)));
        assertWorks();
        assertThat(run("rm -rf " + directory).end()).isEqualTo(new End.Exited(0));
    }

    @Test
    void aFullTmpIsAnErrorOfTheCommand() {
        assertThat(run("head -c 200M /dev/zero > /tmp/full").end()).isEqualTo(new End.Exited(1));

        assertWorks();
        assertThat(run("rm /tmp/full && echo again > /tmp/again").end()).isEqualTo(new End.Exited(0));
    }

    @Test
    void aCommandThatTakesAllMemoryIsToldSo() {
        assumeEnforced(SandboxProvider.Unenforced.MEMORY);

        assertThat(run("exec " + HOG).end()).isEqualTo(new End.OutOfMemory(137));

        assertWorks();
        assertThat(run("kill -9 $$").end()).isEqualTo(new End.Signalled(9));
    }

    @Test
    void aCommandWhoseChildTakesAllMemoryIsToldSo() {
        assumeEnforced(SandboxProvider.Unenforced.MEMORY);

        assertThat(run(HOG + " || exit 9").end()).isEqualTo(new End.OutOfMemory(9));

        assertWorks();
        assertThat(run("exit 9").end()).isEqualTo(new End.Exited(9));
    }

    @Test
    void aCommandThatOpensEverythingRunsIntoItsOwnLimit() {
        ExecResult result = run("python3 -c 'files = [open(\"/dev/null\") for _ in range(10000)]'");

        assertThat(result.end()).isEqualTo(new End.Exited(1));
        assertThat(result.output().head()).contains("Too many open files");
        assertWorks();
    }

    @Test
    void aFloodOfOutputIsCountedAndNotKept() {
        long startNanos = System.nanoTime();
        ExecResult result = run("head -c %d /dev/zero".formatted(OUTPUT_BYTES), Duration.ofMinutes(10));
        System.out.printf(
                "%s: %,d bytes of output took %d ms%n",
                sandbox.provider().name(),
                OUTPUT_BYTES,
                Duration.ofNanos(System.nanoTime() - startNanos).toMillis());

        assertThat(result.end()).isEqualTo(new End.Exited(0));
        assertThat(result.output().bytesTotal()).isEqualTo(OUTPUT_BYTES);
        assertThat(result.output().head().length()).isLessThanOrEqualTo(64 * 1024);
        assertWorks();
    }

    @Test
    void aLineWithoutEndIsEnded() {
        ExecResult result = run("yes | tr -d '\\n'", SHORT);

        assertThat(result.end()).isEqualTo(new End.TimedOut(SHORT));
        assertThat(result.output().head()).startsWith("yyyy").doesNotContain("\n");
        assertWorks();
    }

    @Test
    void aCommandThatIgnoresSignalsIsEnded() {
        assertThat(run("trap '' TERM INT HUP QUIT; while true; do sleep 600; done", SHORT)
                        .end())
                .isEqualTo(new End.TimedOut(SHORT));

        assertThat(run("cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -o 's[l]eep 600'")
                        .output()
                        .head())
                .isEmpty();
        assertWorks();
    }

    /** Daemon and commands are one user, so this ends the daemon too: the sandbox is lost, and says so. */
    @Test
    void aCommandThatKillsEverythingLosesItsSandbox() {
        SandboxSpec spec = SandboxSpec.standard(OneSandbox.newTask());
        Workspace doomed = sandbox.provider().create(spec);

        assertThatThrownBy(() ->
                        doomed.exec(effect(), OneSandbox.bash("kill -9 -1; sleep 60", LONG), OutputListener.IGNORE))
                .isInstanceOf(SandboxException.Lost.class);

        sandbox.provider().destroy(spec.id());
        assertWorks();
    }

    /** Not in the common pool, which has one thread on a machine with two processors. */
    private static CompletableFuture<ExecResult> beside(Supplier<ExecResult> command) {
        return CompletableFuture.supplyAsync(command, Thread::startVirtualThread);
    }

    private void assumeEnforced(SandboxProvider.Unenforced limit) {
        Assumptions.assumeThat(enforces(limit)).as("%s is enforced", limit).isTrue();
    }

    private boolean enforces(SandboxProvider.Unenforced limit) {
        return !sandbox.provider().unenforced().contains(limit);
    }

    private void assertWorks() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                run("echo alive > state && cat state").output().head())
                        .isEqualTo("alive\n"));
    }

    private ExecResult run(String commandLine) {
        return sandbox.run(commandLine);
    }

    private ExecResult run(String commandLine, Duration timeout) {
        return sandbox.run(commandLine, timeout);
    }

    private EffectId effect() {
        return sandbox.effect();
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
