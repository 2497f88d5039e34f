package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIdTest {

    @TempDir
    private Path directory;

    @Test
    void isTheSameForEverybodyOnTheHost() {
        TitanHome home = new TitanHome(directory.resolve("new"));

        assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> HostId.of(home)))
                .containsOnly(HostId.of(home));
        assertThat(home.path().toFile().list()).containsExactly("host-id");
    }

    @Test
    void differsBetweenHomes() {
        assertThat(HostId.of(new TitanHome(directory.resolve("a"))))
                .isNotEqualTo(HostId.of(new TitanHome(directory.resolve("b"))));
    }

    @Test
    void hasItsHomeWhereTheEnvironmentSays() {
        assertThat(TitanHome.of(Map.of("TITAN_HOME", "/srv/titan")).path()).isEqualTo(Path.of("/srv/titan"));
        assertThat(TitanHome.of(Map.of()).path()).isEqualTo(Path.of(System.getProperty("user.home"), ".titan"));
    }
}
