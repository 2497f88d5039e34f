package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxdDistributionTest {

    @TempDir
    private Path directory;

    @Test
    void isTheDirectoryThatIsSet() throws Exception {
        Path program = Files.createDirectories(directory.resolve("d/bin")).resolve("titan-sandboxd");
        assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();

        assertThat(distribution(directory.resolve("d/../d")).directory()).isEqualTo(directory.resolve("d"));
    }

    @Test
    void refusesADirectoryWithoutADaemon() {
        SandboxdDistribution distribution = distribution(directory);

        assertThatThrownBy(distribution::directory)
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining(directory.toString());
    }

    private SandboxdDistribution distribution(Path setting) {
        return new SandboxdDistribution(Optional.of(setting), new TitanHome(directory));
    }
}
