package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.model.ModelScript;
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

    private static final int SECONDS = 20;

    /** Who starts a command again does so however long it takes. */
    private static final int CONTROL_SECONDS = 6;

    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    void attachesToTheRunningCommandAfterTheWorkerIsKilled(SandboxKind sandbox) {
        try (TitanSystem titan = TitanSystem.start(sandbox, counting(SECONDS))) {
            RunningTask task = killedWhileCounting(titan, SECONDS);

            task.awaitSuccess();

            assertThat(task.artifact("runs.txt")).as(task.story()).isEqualTo("run\n");
            assertThat(task.artifact("counter.txt"))
                    .isEqualTo(IntStream.rangeClosed(1, SECONDS)
                            .mapToObj(number -> number + "\n")
                            .collect(Collectors.joining()));
            assertThat(titan.home().containers()).isEmpty();
            assertThat(titan.home().sandboxDirectories()).isEmpty();
        }
    }

    /** The control: without the ledger and the journal whoever comes next starts the command again. */
    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    void runsTheCommandAgainWithoutTheProtection(SandboxKind sandbox) {
        Map<String, String> unprotected = Map.of("JAVA_TOOL_OPTIONS", "-Dtitan.test.effect-protection=off");
        try (TitanSystem titan = TitanSystem.start(sandbox, unprotected, counting(CONTROL_SECONDS))) {
            RunningTask task = killedWhileCounting(titan, CONTROL_SECONDS);

            task.awaitSuccess();

            assertThat(task.artifact("runs.txt")).as(task.story()).startsWith("run\nrun\n");
        }
    }

    /** Writes one line to runs.txt for each time it is started, and one to counter.txt for each second it lives. */
    private static ModelScript counting(int seconds) {
        return Scripts.shell(goal(seconds), """
                echo run >> runs.txt
                for i in $(seq 1 %d); do echo $i | tee -a counter.txt; sleep 1; done
                """.formatted(seconds));
    }

    private static String goal(int seconds) {
        return "Count to %d, one number a second.".formatted(seconds);
    }

    private static RunningTask killedWhileCounting(TitanSystem titan, int seconds) {
        RunningTask task = titan.submit(goal(seconds));
        task.awaitEvent("tool_output");
        titan.killAndRestart();
        return titan.again(task);
    }
}
