package dev.titan.dev.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedChildTest {

    @TempDir
    private Path directory;

    @Test
    void startsAKilledChildAgain() throws Exception {
        try (SupervisedChild child = SupervisedChild.start(spec("sleep", "600"))) {
            child.awaitReady();
            ProcessIdentity first = child.process().orElseThrow();

            Signals.send(first, StopSignal.KILL);

            await().until(() ->
                    child.process().filter(next -> !next.equals(first)).isPresent());
        }
    }

    @Test
    void endsTheChildOnClose() throws Exception {
        SupervisedChild child = SupervisedChild.start(spec("sleep", "600"));
        child.awaitReady();
        ProcessIdentity process = child.process().orElseThrow();

        child.close();

        assertThat(process.alive()).isFalse();
        assertThat(SupervisedChild.runs(directory.resolve("pid"))).isFalse();
    }

    @Test
    void adoptsAChildThatRunsAlready() throws Exception {
        Process left = Launch.detached(spec("sleep", "600"));
        await().until(() -> SupervisedChild.runs(directory.resolve("pid")));

        try (SupervisedChild child = SupervisedChild.start(spec("sleep", "600"))) {
            child.awaitReady();

            assertThat(child.process()).map(ProcessIdentity::pid).contains(left.pid());
        }
        assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void replacesAChildThatRunsWithAnotherCommand() throws Exception {
        Process left = Launch.detached(spec("sleep", "601"));
        await().until(() -> SupervisedChild.runs(directory.resolve("pid")));

        try (SupervisedChild child = SupervisedChild.start(spec("sleep", "600"))) {
            child.awaitReady();

            assertThat(left.isAlive()).isFalse();
            assertThat(child.process()).map(ProcessIdentity::pid).isNotEqualTo(left.pid());
        }
    }

    @Test
    void killsAChildThatIgnoresTheSignal() throws Exception {
        ChildSpec deaf = spec("sh", "-c", "trap '' TERM; while :; do sleep 1; done");
        SupervisedChild child = SupervisedChild.start(deaf);
        child.awaitReady();
        ProcessIdentity process = child.process().orElseThrow();

        child.close();

        assertThat(process.alive()).isFalse();
    }

    @Test
    void tellsWhatAChildThatNeverComesUpWrote() throws Exception {
        ChildSpec broken = new ChildSpec(
                "Broken",
                List.of("sh", "-c", "echo no such database >&2; exit 1"),
                Map.of("PATH", "/usr/bin:/bin"),
                directory.resolve("log"),
                directory.resolve("pid"),
                StopSignal.TERM,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                () -> false);

        try (SupervisedChild child = SupervisedChild.start(broken)) {
            assertThatThrownBy(child::awaitReady)
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageContaining("no such database")
                    .hasMessageContaining(directory.resolve("log").toString());
        }
    }

    @Test
    void passesNothingOfItsOwnEnvironmentOn() throws Exception {
        ChildSpec curious = spec("sh", "-c", "env; exec sleep 600");
        try (SupervisedChild child = SupervisedChild.start(curious)) {
            child.awaitReady();
            await().until(() -> !log().isEmpty());

            assertThat(log().lines().map(line -> line.split("=", 2)[0]))
                    .contains("PATH")
                    .isSubsetOf("PATH", "PWD", "OLDPWD", "SHLVL", "_");
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private ChildSpec spec(String... command) {
        return new ChildSpec(
                "Child",
                List.of(command),
                Map.of("PATH", "/usr/bin:/bin"),
                directory.resolve("log"),
                directory.resolve("pid"),
                StopSignal.TERM,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                () -> SupervisedChild.runs(directory.resolve("pid")));
    }
}
