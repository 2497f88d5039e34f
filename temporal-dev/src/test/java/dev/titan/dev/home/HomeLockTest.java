package dev.titan.dev.home;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

    @TempDir
    private Path directory;

    @Test
    void tellsASecondOwnerWhoTheFirstIsAndWhereItAnswers() throws Exception {
        TitanHome home = new TitanHome(directory.resolve("home"));
        try (HomeLock lock = HomeLock.take(home)) {
            lock.announce(URI.create("http://127.0.0.1:3000"));

            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessage(
                            "Titan is already running in %s (process %d, http://127.0.0.1:3000). Use that one, stop it, or set TITAN_HOME to another directory.",
                            home.path(), ProcessHandle.current().pid());
        }
        HomeLock.take(home).close();
    }
}
