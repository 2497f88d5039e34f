package dev.titan.sandboxd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.titan.sandboxd.egress.Egress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxdOptionsTest {

    @Test
    void readsTheCommandLineInAnyOrder() {
        assertThat(SandboxdOptions.parse(List.of(
                        "--id", "sbx-1", "--socket", "/s", "--root", "/work", "--ttl-ms", "20", "--lease-ms", "10")))
                .isEqualTo(new SandboxdOptions(
                        Path.of("/s"),
                        Path.of("/work"),
                        "sbx-1",
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Optional.empty()));
    }

    @Test
    void hasAWayOutWhereItIsTold() {
        List<String> arguments = List.of(
                "--socket",
                "/s",
                "--root",
                "/work",
                "--id",
                "sbx-1",
                "--lease-ms",
                "10",
                "--ttl-ms",
                "20",
                "--egress",
                "3128:/run/egress");
        assertThat(SandboxdOptions.parse(arguments).egress()).contains(new Egress(3128, Path.of("/run/egress")));
    }

    @Test
    void explainsItselfWhenSomethingIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxdOptions.parse(List.of("--id", "sbx-1")))
                .withMessage(SandboxdOptions.USAGE);
    }
}
