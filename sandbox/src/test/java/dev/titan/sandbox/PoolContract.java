package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.directory.WarmPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every provider that makes sandboxes ahead promises, run against the real engine and the real daemon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PoolContract {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealProvider real;
    private final AtomicInteger turns = new AtomicInteger();
    private TitanHome home;
    private SandboxDirectories directories;
    private SandboxProvider provider;
    private WarmSandboxes pool;

    PoolContract(RealProvider real) {
        this.real = real;
    }

    @BeforeAll
    void open(@TempDir Path directory) {
        home = new TitanHome(directory);
        provider = real.require(home);
        directories = real.directories(home);
        pool = provider.pool().orElseThrow();
    }

    @AfterEach
    void removeAll() {
        provider.list().forEach(provider::destroy);
        provider.recover();
        directories.waiting().forEach(place -> provider.destroy(place.id()));
    }

    @AfterAll
    void close() throws IOException {
        assertThat(real.traces(home)).isEmpty();
        provider.close();
    }

    @Test
    void claimsASandboxThatWaits() {
        pool.add(PoolShape.STANDARD);
        SandboxId waiting = directories.waiting().getFirst().id();
        assertThat(pool.tend(PoolShape.STANDARD)).isOne();
        assertThat(provider.list()).isEmpty();
        SandboxSpec spec = newSpec();

        Workspace workspace = provider.create(spec);

        assertThat(run(spec, workspace, "echo works; pwd").output().head()).isEqualTo("works\n/work\n");
        assertThat(madeAs(spec)).isEqualTo(waiting);
        assertThat(provider.list()).containsExactly(spec.id());
        assertThat(pool.tend(PoolShape.STANDARD)).isZero();
        assertThat(provider.renew(spec.id()))
                .isBefore(directories.find(spec.id()).orElseThrow().expiresAt());
        provider.destroy(waiting);
        assertThat(run(spec, workspace, "echo still there").output().head())
                .as("the name it was made by ends it no more")
                .isEqualTo("still there\n");
    }

    @Test
    void givesEachTaskASandboxOfItsOwn() {
        pool.add(PoolShape.STANDARD);
        pool.add(PoolShape.STANDARD);
        List<SandboxSpec> specs = List.of(newSpec(), newSpec(), newSpec());
        try (SandboxProvider other = real.open(home)) {
            List<SandboxProvider> providers = List.of(provider, other, provider);
            List<CompletableFuture<Workspace>> created = Stream.of(0, 1, 2)
                    .map(i ->
                            CompletableFuture.supplyAsync(() -> providers.get(i).create(specs.get(i))))
                    .toList();
            for (int i = 0; i < specs.size(); i++) {
                Workspace workspace = created.get(i).join();
                workspace.write(effect(specs.get(i)), "mine-" + i, "x".getBytes(UTF_8));
                assertThat(run(specs.get(i), workspace, "ls").output().head()).isEqualTo("mine-%d\n".formatted(i));
            }
        }
        assertThat(specs.stream().map(this::madeAs)).doesNotHaveDuplicates();
        assertThat(directories.waiting()).isEmpty();
    }

    @Test
    void claimsOneSandboxForTwoProcessesThatAskForTheSameAtOnce() throws Exception {
        pool.add(PoolShape.STANDARD);
        pool.add(PoolShape.STANDARD);
        SandboxSpec spec = newSpec();
        List<Process> processes = List.of(owner(spec), owner(spec));

        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(run(spec, provider.create(spec), "cat counter").output().head())
                .isEqualTo("once\n");
        assertThat(provider.list()).containsExactly(spec.id());
        assertThat(directories.waiting()).hasSize(1);
    }

    @Test
    void goesOnWithAClaimThatWasCutShort() throws IOException {
        pool.add(PoolShape.STANDARD);
        WarmPlace first = directories.waiting().getFirst();
        SandboxSpec moved = newSpec();
        Files.move(directories.of(first.id()).path(), directories.of(moved.id()).path());
        assertThat(provider.list()).as("nobody's while its record says so").isEmpty();
        provider.create(moved);
        assertThat(madeAs(moved)).isEqualTo(first.id());

        pool.add(PoolShape.STANDARD);
        WarmPlace second = directories.waiting().getFirst();
        SandboxSpec recorded = newSpec();
        directories.settle(recorded, List.of(second.warm()));
        assertThat(run(recorded, provider.create(recorded), "echo works")
                        .output()
                        .head())
                .isEqualTo("works\n");
        assertThat(madeAs(recorded)).isEqualTo(second.id());
    }

    @Test
    void putsBackOrEndsWhatNobodyGoesOnWith() throws IOException {
        pool.add(PoolShape.STANDARD);
        WarmPlace waiting = directories.waiting().getFirst();
        Files.move(
                directories.of(waiting.id()).path(),
                directories.of(newSpec().id()).path());

        provider.recover();

        assertThat(directories.waiting()).containsExactly(waiting);
        SandboxSpec recorded = newSpec();
        directories.settle(recorded, List.of(waiting.warm()));
        provider.destroy(recorded.id());
        assertThat(real.traces(home)).isEmpty();
    }

    @Test
    void doesNotHandOutWhatDiedWhileItWaited() throws IOException {
        pool.add(PoolShape.STANDARD);
        SandboxId dead = directories.waiting().getFirst().id();
        real.kill(home, dead);
        SandboxSpec spec = newSpec();

        Workspace workspace = provider.create(spec);

        assertThat(run(spec, workspace, "echo alive").output().head()).isEqualTo("alive\n");
        assertThat(madeAs(spec)).isNotEqualTo(dead);
    }

    @Test
    void replacesWhatDiedAndLeavesNothingOfIt() throws IOException {
        pool.add(PoolShape.STANDARD);
        real.kill(home, directories.waiting().getFirst().id());

        await().atMost(LONG).until(() -> pool.tend(PoolShape.STANDARD) == 0);

        assertThat(real.traces(home)).isEmpty();
    }

    @Test
    void claimsNothingOfAnotherShape() {
        pool.add(PoolShape.STANDARD);
        SandboxLimits larger = new SandboxLimits(3L << 30, 2, 512, 4096, 900 << 20, 128 << 20);
        TaskId task = newTask();
        SandboxSpec spec = new SandboxSpec(SandboxSpec.idFor(task), task, larger, SandboxLife.STANDARD);

        provider.create(spec);

        assertThat(madeAs(spec)).isEqualTo(spec.id());
        assertThat(directories.waiting()).hasSize(1);
    }

    @Test
    void endsWhatNobodyLooksAfter() {
        PoolShape brief =
                new PoolShape(SandboxLimits.STANDARD, new SandboxLife(Duration.ofSeconds(3), Duration.ofMinutes(10)));
        pool.add(brief);

        await().atMost(LONG).until(() -> real.running(home).isEmpty());

        // Its first process was a child of this one, and may be dead for a moment before that is noticed.
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(pool.tend(PoolShape.STANDARD)).isZero();
            assertThat(directories.waiting()).isEmpty();
        });
    }

    private Process owner(SandboxSpec spec) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + SandboxdDistribution.SETTING + "=" + System.getProperty(SandboxdDistribution.SETTING),
                        "-Xmx128m",
                        CrashingOwner.class.getName(),
                        provider.name(),
                        home.path().toString(),
                        spec.task().value(),
                        new EffectId(spec.task(), new StepId("s1"), 1_000, 0).toString(),
                        "echo once >> counter",
                        System.getProperty("titan.sandbox.image", ""))
                .inheritIO()
                .start();
    }

    private SandboxId madeAs(SandboxSpec spec) {
        return directories.find(spec.id()).map(SandboxRecord::madeAs).orElseThrow();
    }

    private ExecResult run(SandboxSpec spec, Workspace workspace, String commandLine) {
        return workspace.exec(effect(spec), ExecCommand.bash(commandLine, LONG), OutputListener.IGNORE);
    }

    private EffectId effect(SandboxSpec spec) {
        return new EffectId(spec.task(), new StepId("s1"), turns.incrementAndGet(), 0);
    }

    private static SandboxSpec newSpec() {
        return SandboxSpec.standard(newTask());
    }

    private static TaskId newTask() {
        return new TaskId("task-" + UUID.randomUUID());
    }
}
