package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.HomeProcesses;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The servers below {@code up} are killed during a task, and {@code up} itself; it brings them back, not this test. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerKillIT {

    private static final int COMMANDS = 6;
    private static final String GOAL = "Write %d lines, slowly.".formatted(COMMANDS);
    private static final String LINES = "line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n";

    /** Two parts of its command line: PostgreSQL's first process, not the ones it forks. */
    private static final String POSTGRES = "bin/postgres -D";

    private static final String TEMPORAL = "server start-dev";

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        String[] commands = IntStream.rangeClosed(1, COMMANDS)
                .mapToObj("sleep 1; echo line %d >> lines.txt"::formatted)
                .toArray(String[]::new);
        titan = TitanSystem.start(SandboxKind.LOCAL, Scripts.shell(GOAL, commands));
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    @Order(1)
    void finishesTheTaskWhenTemporalIsKilled() {
        finishesAfterTheDeathOf(TEMPORAL);
    }

    @Test
    @Order(2)
    void finishesTheTaskWhenPostgresIsKilled() {
        finishesAfterTheDeathOf(POSTGRES);
    }

    @Test
    @Order(3)
    void finishesTheTaskWhenUpIsKilledAndStartedAgain() {
        RunningTask task = titan.submit(GOAL);
        task.awaitEvent("tool_completed");
        List<Long> servers = List.of(pid(TEMPORAL), pid(POSTGRES));

        titan.killAndRestart();

        RunningTask again = titan.again(task);
        again.awaitSuccess();
        assertThat(again.artifact("lines.txt")).isEqualTo(LINES);
        assertThat(List.of(pid(TEMPORAL), pid(POSTGRES))).as("adopted").isEqualTo(servers);
    }

    private static void finishesAfterTheDeathOf(String server) {
        RunningTask task = titan.submit(GOAL);
        task.awaitEvent("tool_completed");
        long before = pid(server);

        assertThat(ProcessHandle.of(before).orElseThrow().destroyForcibly()).isTrue();

        await().alias(server + " comes back")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> pid(server) != before);
        task.awaitSuccess();
        assertThat(task.artifact("lines.txt")).as(task.story()).isEqualTo(LINES);
    }

    private static long pid(String server) {
        List<ProcessHandle> found = HomeProcesses.running(titan.home().path(), server);
        assertThat(found).as(server).hasSize(1);
        return found.getFirst().pid();
    }
}
