package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.e2e.airline.AirlineCorpus;
import dev.titan.e2e.airline.AirlineRun;
import dev.titan.e2e.airline.AirlineTools;
import dev.titan.testing.recipe.Recipe;
import dev.titan.testing.recipe.RecipeScript;
import dev.titan.testing.recipe.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Recorded runs of an airline desk through the whole system: the tools are somebody else's, and so is what they change.
 * The far side's own ledger says what has happened there, since repeating most changes leaves the same state.
 */
@Tag("temporal")
@Tag("postgres")
@Tag("model")
@Timeout(value = 30, unit = TimeUnit.MINUTES) // for all of the runs on a busy machine
class AirlineIT {

    /** More side by side would only make each slower. */
    private static final int AT_ONCE = 16;

    /** So many of the runs are played undisturbed; {@code -Dtitan.airline.played=80} plays all of them. */
    private static final int PLAYED_RUNS = Integer.getInteger("titan.airline.played", 8);

    /** So many of the runs have their worker killed; {@code -Dtitan.airline.killed=80} takes all of them. */
    private static final int KILLED_RUNS = Integer.getInteger("titan.airline.killed", 2);

    /** What is random follows from it; {@code -Dtitan.airline.seed} repeats a run. */
    private static final long SEED = Long.getLong("titan.airline.seed", System.nanoTime());

    /** One is enough to show that without protection there are repeats. */
    private static final int CONTROL_RUNS = 1;

    /** Many tasks share the machine, and their worker is away most of the time. */
    private static final Duration END_MAX = Duration.ofMinutes(15);

    private static final List<String> TOOLS = Stream.concat(AirlineTools.names().stream(), Stream.of(Recipe.ASK_USER))
            .toList();

    private static List<AirlineRun> runs = List.of();
    private static AirlineSystem titan;

    @BeforeAll
    static void start() {
        runs = AirlineCorpus.runs();
        Assumptions.assumeFalse(runs.isEmpty(), "the corpus is not here");
        System.out.printf("airline: -Dtitan.airline.seed=%d%n", SEED);
        titan = AirlineSystem.start();
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void playsEveryRecordingAsItWas() {
        titan.restartWorker(effect(EffectClass.IDEMPOTENT));
        List<Play> plays = new ArrayList<>();
        for (AirlineRun run : someRuns(PLAYED_RUNS, new Random(SEED))) {
            if (plays.size() >= AT_ONCE) {
                plays.get(plays.size() - AT_ONCE).task().awaitEnd(END_MAX);
            }
            titan.model().add(new RecipeScript(run.recipe(), Verification.ALL));
            plays.add(submit(run, Desks.NONE));
        }

        plays.forEach(Play::assertAsRecorded);
        System.out.printf(
                "airline: %d runs played, %d results as recorded%n",
                plays.size(), plays.stream().mapToLong(Play::results).sum());
    }

    @Test
    void repeatsNoWriteWhenTheAirlineKnowsOurKeys() {
        List<Play> plays = playAndKill(EffectClass.IDEMPOTENT, Verification.ALL);

        for (Play play : plays) {
            play.assertAsRecorded();
            assertThat(held(play).isPresent())
                    .as("%s", play)
                    .isEqualTo(!play.run().ledger().isEmpty());
        }
    }

    @Test
    void repeatsNoWriteAndReportsEveryUnknownOutcomeWithoutKeys() {
        List<Play> plays = playAndKill(EffectClass.ONCE, Verification.UNTIL_OUTCOME_UNKNOWN);

        int unknown = 0;
        for (Play play : plays) {
            unknown += play.assertToldTheTruth(held(play)).size();
        }
        System.out.printf("airline: %d outcomes reported as unknown%n", unknown);
        assertThat(unknown).isPositive();
    }

    @Test
    void takesTheWordOfAPersonForWhatACrashHides() {
        titan.restartWorker(effect(EffectClass.ONCE));
        AirlineRun run = someRuns(1, new Random(SEED)).getFirst();
        titan.model().add(new RecipeScript(run.recipe(), Verification.UNTIL_OUTCOME_UNKNOWN));
        Play play = submit(run, 1, Map.of("unknown_outcome", "ask_person"));
        await().atMost(END_MAX).until(() -> titan.kills().waiting() > 0);

        titan.killWorker();

        assertThat(play.assertToldTheTruth(Optional.empty())).isEmpty();
        assertThat(play.results(held(play).orElseThrow().turn()))
                .as("%s", play)
                .singleElement()
                .asString()
                .startsWith("A crash hides whether this call took effect")
                .endsWith(DeskUser.EXECUTED);
    }

    /** The control: without the ledger the next worker calls again, and the far side has it twice. */
    @Test
    void repeatsWritesWithoutTheProtection() {
        Map<String, String> settings = new HashMap<>(effect(EffectClass.ONCE));
        settings.put("JAVA_TOOL_OPTIONS", "-Dtitan.test.effect-protection=off");
        titan.restartWorker(settings);
        List<Play> plays = runs.stream()
                .filter(run -> !run.ledger().isEmpty()
                        && run.ledger().getFirst().name().startsWith("update_"))
                .limit(CONTROL_RUNS)
                .map(run -> {
                    titan.model().add(new RecipeScript(run.recipe(), Verification.NONE));
                    return submit(run, 1);
                })
                .toList();

        try (WorkerKiller _ = WorkerKiller.start(titan, plays.size(), new Random(SEED))) {
            plays.forEach(play -> play.task().awaitEnd(END_MAX));
        }

        for (Play play : plays) {
            System.out.printf(
                    "airline: without protection %s has %d calls again%n",
                    play.run().name(), play.repeats());
            assertThat(play.repeats()).as("%s", play).isPositive();
        }
    }

    /** Every run meets a kill in a request of its model, and each that changes something meets one at the worst place. */
    private static List<Play> playAndKill(EffectClass effect, Verification verification) {
        Random random = new Random(SEED);
        titan.restartWorker(effect(effect));
        int killsBefore = titan.kills().count();
        List<Play> plays = new ArrayList<>();
        List<HeldScript> scripts = new ArrayList<>();
        for (AirlineRun run : someRuns(KILLED_RUNS, random)) {
            int turns = run.recipe().turnCount();
            HeldScript script = new HeldScript(
                    new RecipeScript(run.recipe(), verification), random.nextInt(turns + 1), titan.kills());
            int rows = run.ledger().size();
            titan.model().add(script);
            scripts.add(script);
            plays.add(submit(run, rows == 0 ? Desks.NONE : random.nextInt(rows) + 1));
        }

        try (WorkerKiller _ = WorkerKiller.start(titan, plays.size(), random)) {
            plays.forEach(play -> play.task().awaitEnd(END_MAX));
        }

        assertThat(scripts).allSatisfy(script -> assertThat(script.held()).isTrue());
        System.out.printf(
                "airline: %d runs with tools that are %s, worker killed %d times, %d calls held at the worst place%n",
                plays.size(),
                effect.wire(),
                titan.kills().count() - killsBefore,
                plays.stream().filter(play -> held(play).isPresent()).count());
        return plays;
    }

    private static Optional<EffectId> held(Play play) {
        return titan.desks().held(play.task().id()).map(EffectId::parse);
    }

    private static Map<String, String> effect(EffectClass effect) {
        return Map.of(AirlineTools.EFFECT, effect.wire());
    }

    /** A random choice, of runs that change something first: they have more to tell. */
    private static List<AirlineRun> someRuns(int count, Random random) {
        List<AirlineRun> shuffled = new ArrayList<>(runs);
        Collections.shuffle(shuffled, random);
        shuffled.sort(Comparator.comparing(run -> run.ledger().isEmpty()));
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }

    private static Play submit(AirlineRun run, int heldRow) {
        return submit(run, heldRow, Map.of());
    }

    private static Play submit(AirlineRun run, int heldRow, Map<String, Object> terms) {
        Map<String, Object> body = new HashMap<>(run.recipe().task(TOOLS));
        body.putAll(terms);
        RunningTask task = new RunningTask(titan.client(), titan.client().submit(body));
        titan.desks().open(task.id(), heldRow);
        titan.seat(task.id(), run.recipe());
        return new Play(run, task, titan.database());
    }
}
