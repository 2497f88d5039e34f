package dev.titan.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.dev.home.HomeInUseException;
import dev.titan.dev.process.ProcessIdentity;
import dev.titan.dev.temporal.TemporalService;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("temporal")
@Tag("postgres")
@Timeout(180)
class EmbeddedStackIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    @Test
    void keepsDataAndAddressesOverARestart() throws Exception {
        TemporalService service;
        List<ProcessIdentity> ended;
        try (EmbeddedStack stack = start()) {
            new Notes(stack).leave("note-1");
            service = stack.temporal();
            ended = processes(stack);
        }
        assertThat(ended).hasSize(2).noneMatch(ProcessIdentity::alive);
        assertThat(Files.getPosixFilePermissions(home.resolve("postgres/password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        try (EmbeddedStack stack = start()) {
            assertThat(stack.temporal()).isEqualTo(service);
            assertThat(new Notes(stack).inPostgres()).containsExactly("note-1");
            assertThat(new Notes(stack).inTemporal("note-1")).isTrue();
        }
    }

    @Test
    void bringsBackEachChildThatIsKilled() throws Exception {
        try (EmbeddedStack stack = start()) {
            Notes notes = new Notes(stack);
            notes.leave("note-1");

            killAndAwaitSuccessor(stack::postgresProcess);
            await().atMost(BACK_WITHIN)
                    .ignoreExceptions()
                    .until(() -> notes.inPostgres().contains("note-1"));

            killAndAwaitSuccessor(stack::temporalProcess);
            await().atMost(BACK_WITHIN).ignoreExceptions().until(() -> notes.inTemporal("note-1"));

            notes.leave("note-2");
            assertThat(notes.inPostgres()).containsExactly("note-1", "note-2");
        }
    }

    @Test
    void adoptsTheChildrenOfAKilledParent() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackParent.class.getName(),
                        home.toString())
                .redirectError(new File(home.toFile(), "parent.log"))
                .start();
        String ready;
        try (BufferedReader output = parent.inputReader()) {
            ready = output.lines()
                    .filter(line -> line.startsWith("ready "))
                    .findFirst()
                    .orElse("");
        }
        parent.destroyForcibly();
        assertThat(parent.onExit()).succeedsWithin(BACK_WITHIN);

        try (EmbeddedStack stack = start()) {
            assertThat(processes(stack))
                    .map(ProcessIdentity::pid)
                    .map(Object::toString)
                    .isEqualTo(List.of(ready.split(" ", -1)).subList(1, 3));
            new Notes(stack).leave("note-1");
        }
    }

    @Test
    void refusesASecondParentAndLeavesTheFirstAlone() throws Exception {
        try (EmbeddedStack stack = start()) {
            List<ProcessIdentity> before = processes(stack);

            assertThatThrownBy(this::start).isInstanceOf(HomeInUseException.class);

            assertThat(processes(stack)).isEqualTo(before);
        }
    }

    private EmbeddedStack start() throws Exception {
        return EmbeddedStack.start(RealTemporal.options(home));
    }

    private static List<ProcessIdentity> processes(EmbeddedStack stack) {
        return List.of(
                stack.temporalProcess().orElseThrow(), stack.postgresProcess().orElseThrow());
    }

    private static void killAndAwaitSuccessor(Supplier<Optional<ProcessIdentity>> child) {
        ProcessIdentity victim = child.get().orElseThrow();
        assertThat(ProcessHandle.of(victim.pid()).orElseThrow().destroyForcibly())
                .isTrue();
        await().atMost(BACK_WITHIN)
                .until(() -> child.get().filter(next -> !next.equals(victim)).isPresent());
    }
}
