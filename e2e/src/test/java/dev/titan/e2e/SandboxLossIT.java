package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

    /** Names, kinds, modes, times and every byte of what is in the workspace in one number; only POSIX archives have nanoseconds. */
    private static final String FINGERPRINT =
            "find . -mindepth 1 -print0 | LC_ALL=C sort -z | tar --no-recursion --null -T - "
                    + "--format=posix --pax-option=delete=atime,delete=ctime,exthdr.name=%d/%f -cf - | sha256sum";

    private static final String FIRST = """
            echo one >> counter.txt; seq 1 20000 > numbers.txt
            printf '#!/bin/sh\\necho three >> counter.txt\\n' > third.sh; chmod 700 third.sh; ln -s third.sh link
            mkdir -p empty deep/er/est shared; chmod 1777 shared; ln -s nowhere dangling; ln -s deep/er directory
            head -c 30000000 /dev/urandom > large; head -c 70000 /dev/urandom > deep/er/binary; touch deep/nothing
            touch $'line\\nbreak' $'not \\xff UTF-8' -d '2001-02-03 04:05:06.789'
            mkdir locked; echo inside > locked/file; chmod 400 locked/file; chmod 555 locked
            """ + FINGERPRINT;

    /** Writes before it is killed: what it has done by then must be undone, or it would be there twice. */
    private static final String SECOND =
            FINGERPRINT + "; echo two >> counter.txt; rm large; echo begun; sleep 6; echo ended";

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private static final String THIRD = "./link && readlink link && stat -c %a third.sh";

    @ParameterizedTest
    @EnumSource(names = {"DOCKER_REGULAR", "LOCAL_TWO"})
    void goesOnFromTheLastCheckpointAfterTheSandboxIsKilled(Setting setting) {
        try (TitanSystem titan = setting.start(Scripts.shell(GOAL, FIRST, SECOND, THIRD))) {
            RunningTask task = killedWhileWorking(titan, setting.sandbox());

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
            List<String> results = task.events("tool_completed").stream()
                    .map(event -> event.path("data").path("result").asString())
                    .toList();
            assertThat(fingerprint(results.get(1)))
                    .as("the workspace, byte for byte")
                    .isEqualTo(fingerprint(results.getFirst()));
            assertThat(results)
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
    @EnumSource(names = {"DOCKER_TWO", "LOCAL_REGULAR"})
    void endsWhenThereAreNoCheckpoints(Setting setting) {
        Map<String, String> without = Map.of("JAVA_TOOL_OPTIONS", "-Dtitan.test.checkpoints=off");
        try (TitanSystem titan = setting.start(without, Scripts.shell(GOAL, FIRST, SECOND, THIRD))) {
            RunningTask task = killedWhileWorking(titan, setting.sandbox());

            task.awaitFailure("sandbox_lost");

            assertThat(task.events("sandbox_restored")).isEmpty();
        }
    }

    private static String fingerprint(String result) {
        return SHA_256.matcher(result)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fingerprint in " + result));
    }

    private static RunningTask killedWhileWorking(TitanSystem titan, SandboxKind sandbox) {
        RunningTask task = titan.submit(GOAL);
        task.awaitOutput("begun");
        sandbox.killSandboxes(titan.home());
        return task;
    }
}
