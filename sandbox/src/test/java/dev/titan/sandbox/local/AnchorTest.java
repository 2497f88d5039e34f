package dev.titan.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorTest {

    @TempDir
    private Path directory;

    @Test
    void saysWhoItIsAndDiesWhenKilled() throws IOException {
        Process process = start("sleep", "30");
        Anchor anchor =
                await().until(() -> Anchor.read(file()), Optional::isPresent).orElseThrow();

        assertThat(anchor.process().pid()).isEqualTo(process.pid());
        assertThat(anchor.isAlive()).isTrue();
        ProcessHandle sleep = await().until(() -> process.children().findFirst(), Optional::isPresent)
                .orElseThrow();
        anchor.kill();
        await().until(() -> !anchor.isAlive());
        // Bubblewrap would have died with it; a plain program has to be ended here.
        sleep.destroyForcibly();
    }

    @Test
    void isNotMistakenForALaterProcessOfItsNumber() throws IOException {
        Process process = start("sleep", "30");
        Anchor anchor =
                await().until(() -> Anchor.read(file()), Optional::isPresent).orElseThrow();
        Anchor earlier = new Anchor(
                new ProcessIdentity(anchor.process().pid(), anchor.process().startTicks() - 1), anchor.bootId());
        Anchor beforeReboot = new Anchor(anchor.process(), "another-boot");

        assertThat(earlier.isAlive()).isFalse();
        assertThat(beforeReboot.isAlive()).isFalse();
        earlier.kill();
        assertThat(anchor.isAlive()).isTrue();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void isNotThereUntilItHasWrittenAllOfIt() throws IOException {
        Files.writeString(file(), "123 (sh) S 1 ");

        assertThat(Anchor.read(file())).isEmpty();
        assertThat(Anchor.read(directory.resolve("none"))).isEmpty();
    }

    private Path file() {
        return directory.resolve("anchor");
    }

    private Process start(String... command) throws IOException {
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", Anchor.SCRIPT, "titan-anchor", "--"));
        argv.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("TITAN_ANCHOR", file().toString());
        builder.environment().put("TITAN_INFO", directory.resolve("info.json").toString());
        builder.environment().put("TITAN_FILTER", "/dev/null");
        return builder.start();
    }
}
