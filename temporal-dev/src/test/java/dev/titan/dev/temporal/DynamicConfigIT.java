package dev.titan.dev.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.WorkerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the dynamic config does, told by comparison with a server that has it otherwise: a mistyped key changes nothing
 * and says nothing.
 */
@Tag("temporal")
@Timeout(180)
class DynamicConfigIT {

    private static final int MANY = 60;
    private static final int FEW = 6;

    @TempDir
    private Path directory;

    /**
     * The setting allows so many reads a second, and each hand-off waits for one. At one a second the wait is plain on any
     * machine, where a mistyped key would leave the default of twenty; that two thousand waits less needs no proof, which a
     * busy machine would spoil.
     */
    @Test
    void limitsHowOftenHandOffsAreRead() throws Exception {
        Map<String, String> config = new HashMap<>(DynamicConfig.values());
        assertThat(config.replace("history.transferProcessorMaxPollRPS", "1")).isEqualTo("2000");
        WorkerOptions noEagerness =
                WorkerOptions.newBuilder().setDisableEagerExecution(true).build();

        try (DevServer server = start(config);
                EchoSession session = new EchoSession(server.target(), noEagerness)) {
            session.startWorker();
            session.run(6);

            assertThat(session.gapsBetweenActivities())
                    .filteredOn(gap -> gap > Duration.ofMillis(500).toNanos())
                    .hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void sendsActivitiesAlongWithTheReply() throws Exception {
        assertThat(on(DynamicConfig.values(), DynamicConfigIT::activitiesSentAlong))
                .isPositive();
        assertThat(on(Map.of("system.enableActivityEagerExecution", "false"), DynamicConfigIT::activitiesSentAlong))
                .isZero();
    }

    /** Fairness is a matter of one partition; with the usual four, chance decides which of them is emptied first. */
    @Test
    void letsTheLateFewOfOneOrganisationPassTheManyOfAnother() throws Exception {
        final long half = (MANY + FEW) / 2;
        assertThat(on(onePartition(DynamicConfig.values()), DynamicConfigIT::placeOfTheLastOfTheFew))
                .isLessThan(half);
        assertThat(on(
                        onePartition(Map.of("matching.enableFairness", "false")),
                        DynamicConfigIT::placeOfTheLastOfTheFew))
                .isGreaterThan(half);
    }

    private static Map<String, String> onePartition(Map<String, String> config) {
        Map<String, String> with = new HashMap<>(config);
        with.put("matching.numTaskqueueReadPartitions", "1");
        with.put("matching.numTaskqueueWritePartitions", "1");
        return with;
    }

    private static long activitiesSentAlong(String target) {
        try (EchoSession session = new EchoSession(target, WorkerOptions.getDefaultInstance())) {
            session.startWorker();
            session.run(10);
            return session.eagerActivities();
        }
    }

    private static long placeOfTheLastOfTheFew(String target) {
        WorkerOptions oneAtATime = WorkerOptions.newBuilder()
                .setMaxConcurrentWorkflowTaskExecutionSize(2)
                .setMaxConcurrentWorkflowTaskPollers(2)
                .build();
        try (EchoSession session = new EchoSession(target, oneAtATime)) {
            IntStream.range(0, MANY).forEach(i -> session.begin("many"));
            IntStream.range(0, FEW).forEach(i -> session.begin("few"));
            session.startWorker();
            return session.organisationsInOrder().lastIndexOf("few");
        }
    }

    private long on(Map<String, String> config, ToLongFunction<String> measurement) throws Exception {
        try (DevServer server = start(config)) {
            return measurement.applyAsLong(server.target());
        }
    }

    private DevServer start(Map<String, String> config) throws Exception {
        return DevServer.start(Files.createTempDirectory(directory, "home"), config);
    }
}
