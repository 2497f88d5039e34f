package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.model.TranscriptScript;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Approvals that nobody decides for a month: every process is killed and started again twice meanwhile, the sandboxes are
 * stopped, and only then the time goes by, which Temporal skips.
 */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class LongWaitIT {

    private static final Duration WAIT = Duration.ofDays(30);
    private static final Duration DAY_29 = Duration.ofDays(29);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int RESTARTS = 2;
    private static final String DECIDED = "Write, and wait for me.";
    private static final String UNDECIDED = "Write, and wait for nobody.";
    private static final String APPROVE = "{\"decision\":\"approve\"}";
    private static final String EDIT =
            "{\"decision\":\"edit\",\"arguments\":{\"command\":\"echo edited >> log.txt; cat log.txt\"}}";

    @TempDir
    static Path programs;

    private static TitanSystem titan;
    private static RunningTask decided;
    private static RunningTask undecided;

    /** Both tasks wait at the same time, so that one round of kills is enough. */
    @BeforeAll
    static void waitThroughRestarts() {
        Map<String, String> settings = new HashMap<>(TemporalProgram.with(programs, SkippedTime.SETTING, true));
        settings.put("TITAN_SANDBOX_IDLEGRACE", "1s");
        settings.put("TITAN_LANES", Lanes.TWO.wire());
        titan = TitanSystem.start(SandboxKind.LOCAL, settings, script(DECIDED), script(UNDECIDED));
        decided = submit(DECIDED);
        undecided = submit(UNDECIDED);
        for (RunningTask task : List.of(decided, undecided)) {
            task.decide(APPROVE);
            task.awaitEvent("tool_completed");
            task.awaitApproval();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(titan.home().sandboxDirectories())
                        .as("no sandbox while they wait")
                        .isEmpty());
        for (int restart = 0; restart < RESTARTS; restart++) {
            titan.killEverythingAndRestart();
        }
        decided = titan.again(decided);
        undecided = titan.again(undecided);
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void decidedOnTheTwentyNinthDayTheEditedCallIsMadeOnce() {
        Instant until = until(decided);
        SkippedTime.of(titan.home(), decided.id(), DAY_29);
        assertThat(until(decided)).as("it is the same question").isEqualTo(until);
        assertThat(titan.client().task(decided.id()).path("status").asString()).isEqualTo("waiting");

        decided.decide(EDIT);

        decided.awaitSuccess();
        assertThat(decided.artifact("log.txt")).as(decided.story()).isEqualTo("first\nedited\n");
        assertThat(decided.events("tool_completed")).hasSize(2);
        assertThat(decisions(decided)).containsExactly("approved", "edited");
        assertThat(decided.events("sandbox_lost"))
                .as("it was stopped, not lost")
                .isEmpty();
        assertThat(decided.events("sandbox_restored")).as("once it was needed").hasSize(1);
    }

    @Test
    void undecidedForThirtyDaysTheCallIsRefused() {
        SkippedTime.of(titan.home(), undecided.id(), DAY_29);
        assertThat(until(undecided)).as("still asked").isAfter(Instant.now());

        SkippedTime.upTo(titan.home(), undecided.id(), WAIT.minus(DAY_29));

        undecided.awaitSuccess();
        assertThat(undecided.artifact("log.txt")).as(undecided.story()).isEqualTo("first\n");
        assertThat(decisions(undecided)).containsExactly("approved", "expired");
        assertThat(undecided.pendingApproval()).isEmpty();
    }

    private static TranscriptScript script(String goal) {
        Call first = new Call("shell", Map.of("command", "echo first >> log.txt"));
        Call planned = new Call("shell", Map.of("command", "echo planned >> log.txt"));
        return new TranscriptScript(goal, goal, List.of(first, planned), "Done.");
    }

    private static RunningTask submit(String goal) {
        return titan.submit(Map.of("goal", goal, "autonomy", "ask_all", "approval_wait_seconds", WAIT.toSeconds()));
    }

    private static Instant until(RunningTask task) {
        return Instant.parse(task.awaitApproval().path("expires_at").asString());
    }

    private static List<String> decisions(RunningTask task) {
        return task.events("approval_decided").stream()
                .map(event -> event.path("data").path("decision").asString())
                .toList();
    }
}
