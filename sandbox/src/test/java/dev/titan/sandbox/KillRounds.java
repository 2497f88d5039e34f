package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a sandbox host again and again, at moments nobody chose, and looks for what is left of its sandboxes. More rounds:
 * {@code -Dtitan.killRounds=200}; other moments: {@code -Dtitan.killSeed=…}.
 */
abstract class KillRounds {

    private static final int ROUNDS = Integer.getInteger("titan.killRounds", 5);
    private static final long SEED = Long.getLong("titan.killSeed", 20261129L);

    /** From the middle of the first steps to the end of the first tasks. */
    private static final int MILLISECONDS_MAX = 2_500;

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealProvider real;

    KillRounds(RealProvider real) {
        this.real = real;
    }

    @Test
    void leaveNothingBehindAndGiveNoSandboxToTwoTasks(@TempDir Path directory) throws Exception {
        TitanHome home = new TitanHome(directory);
        real.require(home).close();
        Random moments = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Process owner = owner(home);
            try {
                awaitBegun(owner);
                owner.waitFor(moments.nextInt(MILLISECONDS_MAX), TimeUnit.MILLISECONDS);
                if (round == 0) {
                    await().atMost(LONG).until(() -> hasEndedATask(home));
                }
                if (round == ROUNDS - 1) {
                    await().atMost(LONG)
                            .until(() -> !real.directories(home).waiting().isEmpty());
                }
                assertThat(owner.isAlive()).as("round %d", round).isTrue();
            } finally {
                owner.destroyForcibly().waitFor();
            }
        }

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(real.running(home))
                        .as("what nobody renews ends itself, with every Titan process dead")
                        .isEmpty());
        assertThat(real.traces(home)).as("without the reaper something stays").isNotEmpty();

        try (SandboxProvider next = real.open(home)) {
            SandboxLeases leases = new SandboxLeases(next);
            leases.endExpired();
            leases.reclaim(() -> id -> false);
            // What was being made when its maker died is nobody's when that cannot be going on any more.
            real.directories(home).waiting().forEach(place -> next.destroy(place.id()));
            leases.endExpired();
        }
        assertThat(real.traces(home)).isEmpty();
        List<String> journal = Files.readAllLines(KilledOwner.journalOf(home));
        assertThat(journal).filteredOn(line -> line.startsWith("used ")).allSatisfy(line -> {
            String[] words = line.split(" ", -1);
            assertThat(words[2]).as(line).isIn("", words[1]);
        });
    }

    /** A loaded host may need longer than all the rounds for the first task. */
    private static boolean hasEndedATask(TitanHome home) throws IOException {
        return Files.exists(KilledOwner.journalOf(home))
                && Files.readAllLines(KilledOwner.journalOf(home)).stream().anyMatch(line -> line.startsWith("end "));
    }

    private static void awaitBegun(Process owner) throws IOException {
        int read = owner.getInputStream().read();
        assertThat(read).as("the owner did not start").isEqualTo('b');
    }

    private Process owner(TitanHome home) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + SandboxdDistribution.SETTING + "=" + System.getProperty(SandboxdDistribution.SETTING),
                        "-Xmx128m",
                        KilledOwner.class.getName(),
                        real.providerName(),
                        home.path().toString(),
                        System.getProperty("titan.sandbox.image", ""))
                .redirectError(ProcessBuilder.Redirect.to(
                        home.path().resolve("owner.log").toFile()))
                .start();
    }
}
