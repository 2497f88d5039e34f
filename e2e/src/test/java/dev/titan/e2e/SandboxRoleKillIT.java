package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.Leftovers;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The sandbox role is killed again and again while tasks make, claim, use and end sandboxes: every task comes to its end, and
 * nothing of their sandboxes stays on the host. More rounds: {@code -Dtitan.killRounds=200}; other moments:
 * {@code -Dtitan.killSeed=…}.
 */
@Tag("docker")
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class SandboxRoleKillIT {

    private static final int ROUNDS = Integer.getInteger("titan.killRounds", 2);
    private static final long SEED = Long.getLong("titan.killSeed", 20261129L);

    /** From where a task's sandbox is about to be made to where it is about to be taken away. */
    private static final List<String> EVENTS = List.of(
            "task_started", "sandbox_created", "tool_called", "tool_output", "tool_completed", "artifact_created");

    /** Behind the event: as long as what follows one takes, such as the making of a container. */
    private static final int BEHIND_MS_MAX = 600;

    private static final String GOAL = "Write three lines.";
    private static final String LINES = "one\ntwo\nthree\n";

    /** A sandbox that had been another task's would have lines already; the files make the checkpoint take its time. */
    private static final String[] COMMANDS = {
        "echo one >> lines.txt; mkdir files; for i in $(seq 200); do seq $i 999 > files/$i; done",
        "echo two >> lines.txt; echo half; sleep 0.4; rm -r files",
        "echo three >> lines.txt"
    };

    private static final String LEASE = "TITAN_SANDBOX_LIFE_LEASE";

    /** So short that what nobody renews is gone when the test looks, and long enough for the next role to take over. */
    private static final Map<String, String> SHORT_LIFE = Map.of(LEASE, "12s", "TITAN_SANDBOX_LIFE_MAXAGE", "10m");

    /** A home whose sandboxes are all a task's, and which counts as gone soon. */
    private static final Map<String, String> LONG_LIFE =
            Map.of("TITAN_SANDBOX_POOL_MAX", "0", "TITAN_SANDBOX_LIFE_HOSTAWAY", "5s");

    private static SplitSystem titan;

    @BeforeAll
    static void start() {
        titan = SplitSystem.start(Map.of("TITAN_SANDBOX_LIFE_SWEEPEVERY", "8s"), Scripts.shell(GOAL, COMMANDS));
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void leavesNothingBehindAndEveryTaskEnds(SandboxKind sandbox) {
        Random random = new Random(SEED);
        List<RunningTask> tasks = new ArrayList<>();
        Set<RunningTask> cancelled = new HashSet<>();
        try (TestHome home = TestHome.create()) {
            for (int round = 0; round < ROUNDS; round++) {
                TitanProcess role = titan.sandboxRole(home, sandbox, SHORT_LIFE);
                awaitSomething(round, random, home, tasks);
                role.killIn(Duration.ofMillis(random.nextInt(BEHIND_MS_MAX)));
                switch (round % 4) {
                    case 2 -> sandbox.killSandboxes(home); // as when the whole host goes down
                    case 3 -> cancelled.add(cancel(tasks.getLast()));
                    default -> {} // the next role finds them running
                }
            }
            TitanProcess last = titan.sandboxRole(home, sandbox, SHORT_LIFE);
            submit(tasks).awaitEvent("tool_output");
            last.kill();

            patiently()
                    .alias("what nobody renews ends itself, with every process of the host dead")
                    .until(() -> nothingRuns(Leftovers.of(home)));
            Leftovers before = Leftovers.of(home);
            assertThat(before.places()).as("without the reaper something stays").isNotEmpty();

            Map<String, String> withoutPool = new HashMap<>(SHORT_LIFE);
            withoutPool.put("TITAN_SANDBOX_POOL_MAX", "0");
            try (TitanProcess _ = titan.sandboxRole(home, sandbox, withoutPool)) {
                tasks.forEach(task -> assertEnded(task, cancelled.contains(task)));
                patiently().untilAsserted(() -> assertThat(Leftovers.of(home)).matches(Leftovers::none, "nothing"));
            }
            System.out.printf(
                    "%d rounds, %s: %d tasks, %d of them cancelled, %d sandboxes lost and replaced; %s left after the last kill, 0 in the end%n",
                    ROUNDS,
                    sandbox,
                    tasks.size(),
                    cancelled.size(),
                    tasks.stream()
                            .mapToInt(task -> task.events("sandbox_restored").size())
                            .sum(),
                    before);
        }
    }

    /** The control, and what the reaper is for: a sandbox whose task ended while nobody could reach its host. */
    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    void leaksWithoutTheReaper(SandboxKind sandbox) {
        try (TestHome home = TestHome.create()) {
            abandonASandbox(home, sandbox);

            TitanProcess without = titan.sandboxRole(home, sandbox, reaping("off"));
            titan.submit(GOAL).awaitSuccess();
            without.kill();

            Leftovers left = Leftovers.of(home);
            assertThat(left.places()).as("%s", left).isNotEmpty();
            assertThat(left.loopDevices()).as("%s", left).isNotEmpty();
            switch (sandbox) {
                case DOCKER -> {
                    assertThat(left.containers()).as("%s", left).isNotEmpty();
                    assertThat(left.volumes()).as("%s", left).isNotEmpty();
                }
                case LOCAL -> assertThat(left.processes()).as("%s", left).isNotEmpty();
            }

            try (TitanProcess _ = titan.sandboxRole(home, sandbox, LONG_LIFE)) {
                patiently().untilAsserted(() -> assertThat(Leftovers.of(home)).matches(Leftovers::none, "nothing"));
            }
        }
    }

    /** The rounds of the role are off, as if their thread were dead: the schedule in Temporal is the last to look. */
    @Test
    void isSweptByTheScheduleWhenTheRoleDoesNotLookAfterItsHost() throws Exception {
        try (TestHome home = TestHome.create()) {
            abandonASandbox(home, SandboxKind.LOCAL);

            try (TitanProcess role = titan.sandboxRole(home, SandboxKind.LOCAL, reaping("schedule"))) {
                patiently().untilAsserted(() -> assertThat(Leftovers.of(home)).matches(Leftovers::none, "nothing"));

                assertThat(role.alive()).isTrue();
                assertThat(home.log()).content().contains("were swept by schedule");
                patiently()
                        .until(() -> !titan.temporal()
                                .completedBy("titan-sandbox-sweep")
                                .isEmpty());
            }
        }
    }

    /** Waits for what is seen somewhat before the moment at which the role is to be killed. */
    private static void awaitSomething(int round, Random random, TestHome home, List<RunningTask> tasks) {
        switch (round % 6) {
            case 0 -> patiently().until(() -> !home.poolDirectories().isEmpty()); // one is being made ahead
            case 1 -> {
                patiently().until(() -> canClaimOne(home));
                submit(tasks);
                submit(tasks).awaitEvent("task_started");
            }
            default -> {
                submit(tasks);
                submit(tasks).awaitEvent(EVENTS.get(random.nextInt(EVENTS.size())));
            }
        }
    }

    private static boolean canClaimOne(TestHome home) {
        return home.poolDirectories().stream()
                .anyMatch(place -> place.resolve("ready").toFile().exists());
    }

    private static RunningTask submit(List<RunningTask> tasks) {
        tasks.add(titan.submit(GOAL));
        return tasks.getLast();
    }

    private static RunningTask cancel(RunningTask task) {
        assertThat(task.client().send("DELETE", "/v1/tasks/" + task.id(), "").status())
                .isIn(200, 202, 409);
        return task;
    }

    /** Leaves a running sandbox whose task has ended, on a host where no process is. */
    private static void abandonASandbox(TestHome home, SandboxKind sandbox) {
        TitanProcess role = titan.sandboxRole(home, sandbox, LONG_LIFE);
        RunningTask task = titan.submit(GOAL);
        task.awaitEvent("tool_output");
        role.kill();
        cancel(task);
        assertThat(task.awaitEnd().path("status").asString()).as(task.story()).isEqualTo("cancelled");
        assertThat(nothingRuns(Leftovers.of(home))).isFalse();
    }

    private static void assertEnded(RunningTask task, boolean wasCancelled) {
        String status = task.awaitEnd().path("status").asString();
        if (!wasCancelled || !status.equals("cancelled")) {
            assertThat(status).as(task.story()).isEqualTo("succeeded");
            assertThat(task.events("artifact_created")).as(task.story()).isNotEmpty();
            assertThat(task.artifact("lines.txt")).as(task.story()).isEqualTo(LINES);
        }
    }

    /** A container whose maker died before it started it runs nothing. */
    private static boolean nothingRuns(Leftovers left) {
        return left.processes().isEmpty()
                && left.containers().stream().allMatch(container -> container.contains(" Created"));
    }

    private static Map<String, String> reaping(String how) {
        Map<String, String> settings = new HashMap<>(LONG_LIFE);
        settings.put("JAVA_TOOL_OPTIONS", "-Dtitan.test.reaper=" + how);
        return settings;
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
    }
}
