package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.system.ShellOutput;
import dev.titan.testing.system.TestHome;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sandbox is killed in the middle of a command: the task goes on with the files of its last checkpoint. */
@Tag("docker")
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
@Execution(ExecutionMode.CONCURRENT)
class SandboxLossIT {

    private static final String GOAL = "Build something in three steps.";

    private static final String FIRST = """
            echo one >> counter.txt; seq 1 20000 > numbers.txt
            printf '#!/bin/sh\\necho three >> counter.txt\\n' > third.sh; chmod 700 third.sh; ln -s third.sh link
            """;

    /** Writes before it is killed: what it has done by then must be undone, or it would be there twice. */
    private static final String SECOND = "echo two >> counter.txt; echo begun; sleep 6; echo ended";

    private static final String THIRD = "./link && readlink link && stat -c %a third.sh";

    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    void goesOnFromTheLastCheckpointAfterTheSandboxIsKilled(SandboxKind sandbox) {
        try (TitanSystem titan = TitanSystem.start(sandbox, Scripts.shell(GOAL, FIRST, SECOND, THIRD))) {
            RunningTask task = killedWhileWorking(titan, sandbox);

            task.awaitSuccess();

            assertThat(task.artifact("counter.txt")).as(task.story()).isEqualTo("one\ntwo\nthree\n");
            assertThat(task.artifact("numbers.txt"))
                    .isEqualTo(IntStream.rangeClosed(1, 20_000)
                            .mapToObj(number -> number + "\n")
                            .collect(Collectors.joining()));
            assertThat(task.events("sandbox_lost")).hasSize(1);
            assertThat(task.events("sandbox_restored")).singleElement().satisfies(restored -> {
                assertThat(restored.path("data").path("checkpoint").asInt()).isEqualTo(1);
                assertThat(restored.path("data").path("generation").asInt()).isEqualTo(2);
            });
            assertThat(task.events("tool_completed"))
                    .extracting(event -> event.path("data").path("result").asString())
                    .satisfiesExactly(
                            first -> assertThat(first).doesNotContain("Note:"),
                            second -> assertThat(second).contains("ended", "Processes in the background are gone"),
                            third -> assertThat(third).contains("third.sh\n700").doesNotContain("Note:"));
            assertThat(titan.home().containers()).isEmpty();
            assertThat(titan.home().sandboxDirectories()).isEmpty();
        }
    }

    /** The control: with no checkpoint to go back to, the task ends and nothing is made up. */
    @ParameterizedTest
    @EnumSource(SandboxKind.class)
    void endsWhenThereAreNoCheckpoints(SandboxKind sandbox) {
        Map<String, String> without = Map.of("JAVA_TOOL_OPTIONS", "-Dtitan.test.checkpoints=off");
        try (TitanSystem titan = TitanSystem.start(sandbox, without, Scripts.shell(GOAL, FIRST, SECOND, THIRD))) {
            RunningTask task = killedWhileWorking(titan, sandbox);

            task.awaitFailure("sandbox_lost");

            assertThat(task.events("sandbox_restored")).isEmpty();
        }
    }

    private static RunningTask killedWhileWorking(TitanSystem titan, SandboxKind sandbox) {
        RunningTask task = titan.submit(GOAL);
        task.awaitEvent("tool_output");
        killSandboxes(titan.home(), sandbox);
        return task;
    }

    /** Kills from outside every sandbox of this home, behind Titan's back. */
    private static void killSandboxes(TestHome home, SandboxKind sandbox) {
        switch (sandbox) {
            case DOCKER -> home.containers().forEach(id -> ShellOutput.of("docker", "kill", id));
            case LOCAL ->
                ProcessHandle.allProcesses()
                        .filter(process -> process.info().command().orElse("").endsWith("bwrap")
                                && commandLine(process.pid()).contains(home.path() + "/"))
                        .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String commandLine(long pid) {
        return ShellOutput.of("sh", "-c", "tr '\\0' ' ' < /proc/%d/cmdline".formatted(pid))
                .text();
    }
}
