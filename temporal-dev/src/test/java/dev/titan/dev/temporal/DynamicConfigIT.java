package dev.titan.dev.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.dev.EmbeddedStackOptions;
import dev.titan.dev.RealTemporal;
import dev.titan.dev.home.PortBook;
import dev.titan.dev.home.StackPorts;
import dev.titan.dev.process.ChildSpec;
import dev.titan.dev.process.SupervisedChild;
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
 * What the dynamic config does, told by comparison with the same server without it: a mistyped key changes nothing and
 * says nothing.
 */
@Tag("temporal")
@Timeout(180)
class DynamicConfigIT {

    private static final int MANY = 60;
    private static final int FEW = 6;

    @TempDir
    private Path directory;

    /**
     * Not a bar for speed: without the setting the server waits on purpose, 50 ms for each of two hand-offs an activity,
     * on any machine. Where the machine is so slow that its work takes longer than that wait, there is nothing to tell
     * apart, and the assertion still holds for a factor as small as this.
     */
    @Test
    void handsOverWithoutTheWaitThatTheDefaultImposes() throws Exception {
        Duration withDefault = Duration.ofNanos(on(Map.of(), DynamicConfigIT::timeOfActivitiesHandedOver));
        Duration withOurs = Duration.ofNanos(on(DynamicConfig.values(), DynamicConfigIT::timeOfActivitiesHandedOver));

        assertThat(withOurs.multipliedBy(3)).isLessThan(withDefault.multipliedBy(2));
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

    private static long timeOfActivitiesHandedOver(String target) {
        final int activities = 40;
        WorkerOptions noEagerness =
                WorkerOptions.newBuilder().setDisableEagerExecution(true).build();
        try (EchoSession session = new EchoSession(target, noEagerness)) {
            session.startWorker();
            session.run(5);
            long began = System.nanoTime();
            session.run(activities);
            return System.nanoTime() - began;
        }
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
        EmbeddedStackOptions options = RealTemporal.options(Files.createTempDirectory(directory, "home"));
        StackPorts ports = new PortBook(options.home()).ports(StackPorts.ANY, port -> false);
        TemporalCli.Found cli =
                new TemporalCli.Found(Path.of(options.environment().get(TemporalCliFinder.VARIABLE)));
        TemporalDevServer server = new TemporalDevServer(options.home(), cli, ports, config);
        ChildSpec spec = server.child();
        try (SupervisedChild child = SupervisedChild.start(spec)) {
            child.awaitReady();
            return measurement.applyAsLong(server.service().target());
        }
    }
}
