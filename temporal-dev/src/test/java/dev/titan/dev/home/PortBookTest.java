package dev.titan.dev.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortBookTest {

    @TempDir
    private Path directory;

    private TitanHome home = new TitanHome(Path.of(""));

    @BeforeEach
    void createHome() {
        home = new TitanHome(directory);
    }

    @Test
    void choosesAnotherPortOnceWhenTheFirstIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackPorts wanted = new StackPorts(taken.getLocalPort(), taken.getLocalPort(), taken.getLocalPort());

            StackPorts first = new PortBook(home).ports(wanted, port -> false);
            StackPorts second = new PortBook(home).ports(wanted, port -> false);

            assertThat(first.temporal()).isNotIn(taken.getLocalPort(), first.temporalUi(), first.postgres());
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void keepsATakenPortWhenItIsOurOwnChildThatTookIt() throws Exception {
        try (ServerSocket ours = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackPorts wanted = new StackPorts(ours.getLocalPort(), 1, 2);

            assertThat(new PortBook(home).ports(wanted, port -> true)).isEqualTo(wanted);
        }
    }

    @Test
    void choosesAnewWhenTheBookIsDamaged() throws Exception {
        Files.writeString(home.ports(), "{\"temporal\":");

        assertThat(new PortBook(home).ports(new StackPorts(1, 2, 3), port -> true))
                .isEqualTo(new StackPorts(1, 2, 3));
    }
}
