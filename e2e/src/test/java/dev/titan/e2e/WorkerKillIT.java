package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process that waits for a command is killed in the middle of it; the command must not notice. */
@Tag("docker")
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
@Execution(ExecutionMode.CONCURRENT)
class WorkerKillIT {

    private static final int KILLS = 3;

    /** How long the command runs at least; it ends when all kills are behind it. */
    private static final int SECONDS = Integer.getInteger("titan.killedCommandSeconds", 10);

    private static final int CONTROL_SECONDS = 6;
    private static final String GOAL = "Count until you are told to stop.";

    @ParameterizedTest
    @EnumSource(names = {"DOCKER_TWO", "LOCAL_REGULAR"})
    void attachesToTheRunningCommandHoweverOftenTheWorkerIsKilled(Setting setting) {
        InsideCommand inside = InsideCommand.create();
        String command = """
                echo run >> runs.txt
                while %s || [ $SECONDS -lt %d ]; do i=$((i+1)); echo $i | tee -a counter.txt; sleep 0.5; done
                """.formatted(inside.isHeld(), SECONDS);
        try (TitanSystem titan = setting.start(Scripts.shell(GOAL, command))) {
            RunningTask task = titan.submit(GOAL);
            task.awaitEvent("tool_output");
            for (int kill = 0; kill < KILLS; kill++) {
                task = killedOnce(titan, task);
                task.awaitAnother("tool_output");
            }
            assertThat(task.events("tool_completed")).as("it still runs").isEmpty();
            inside.release();

            task.awaitSuccess();

            assertThat(task.artifact("runs.txt")).as(task.story()).isEqualTo("run\n");
            String counter = task.artifact("counter.txt");
            assertThat(counter)
                    .isEqualTo(IntStream.rangeClosed(1, (int) counter.lines().count())
                            .mapToObj(number -> number + "\n")
                            .collect(Collectors.joining()));
            assertThat(titan.home().containers()).isEmpty();
            assertThat(titan.home().sandboxDirectories()).isEmpty();
        }
    }

    /**
     * The control: without the ledger and the journal whoever comes next starts the command again; with two lanes that is
     * the second lane already.
     */
    @ParameterizedTest
    @EnumSource(names = {"DOCKER_REGULAR", "LOCAL_REGULAR"})
    void runsTheCommandAgainWithoutTheProtection(Setting setting) {
        Map<String, String> unprotected = Map.of("JAVA_TOOL_OPTIONS", "-Dtitan.test.effect-protection=off");
        String command = "echo run >> runs.txt; echo begun; sleep %d".formatted(CONTROL_SECONDS);
        try (TitanSystem titan = setting.start(unprotected, Scripts.shell(GOAL, command))) {
            RunningTask task = titan.submit(GOAL);
            task.awaitEvent("tool_output");

            task = killedOnce(titan, task);
            task.awaitSuccess();

            assertThat(task.artifact("runs.txt")).as(task.story()).startsWith("run\nrun\n");
        }
    }

    private static RunningTask killedOnce(TitanSystem titan, RunningTask task) {
        titan.killAndRestart();
        return titan.again(task);
    }
}
