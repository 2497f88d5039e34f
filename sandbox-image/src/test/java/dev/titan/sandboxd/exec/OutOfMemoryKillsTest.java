package dev.titan.sandboxd.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfMemoryKillsTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void tellsWhetherThereWasOneSince() throws IOException {
        Path file = write("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        OutOfMemoryKills.Since since =
                OutOfMemoryKills.in(List.of(directory.resolve("none"), file)).sinceNow();

        assertThat(since.any()).isFalse();
        write("oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
        assertThat(since.any()).isTrue();
    }

    @Test
    void readsTheSecondVersionOfControlGroups() throws IOException {
        Path file = write("low 0\nhigh 0\nmax 17\noom 2\noom_kill 1\noom_group_kill 0\n");
        OutOfMemoryKills.Since since = OutOfMemoryKills.in(List.of(file)).sinceNow();

        write("low 0\nhigh 0\nmax 18\noom 3\noom_kill 1\noom_group_kill 9\n");
        assertThat(since.any()).isFalse();
        write("low 0\nhigh 0\nmax 18\noom 3\noom_kill 2\noom_group_kill 9\n");
        assertThat(since.any()).isTrue();
    }

    @Test
    void claimsNothingWhereNothingIsKnown() throws IOException {
        OutOfMemoryKills.Since since = OutOfMemoryKills.in(List.of(directory.resolve("events"), write("nothing\n")))
                .sinceNow();

        write("oom_kill 5\n");
        assertThat(since.any()).isFalse();
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("events"), content);
    }
}
