package dev.titan.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.RemoteApiVersion;
import dev.titan.contracts.sandbox.SandboxException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {

    @Test
    void speaksTheNewestApiBothSidesKnow() {
        assertThat(DockerEngine.agreed(engine("1.41", "1.12"))).isEqualTo(RemoteApiVersion.VERSION_1_41);
        assertThat(DockerEngine.agreed(engine("1.51", "1.24"))).isEqualTo(RemoteApiVersion.VERSION_1_44);
        assertThat(DockerEngine.agreed(engine("1.60", "1.48"))).isEqualTo(RemoteApiVersion.create(1, 48));
    }

    @Test
    void refusesAnEngineThatIsTooOld() {
        assertThatThrownBy(() -> DockerEngine.agreed(engine("1.39", "1.12")))
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining("1.39");
    }

    @Test
    void aCallThatIsInterruptedIsATypedFailure(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("engine.sock");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                DockerEngine engine =
                        new DockerEngine(new DockerSettings(Optional.of("unix://" + socket), Optional.empty()))) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            AtomicReference<Throwable> before = new AtomicReference<>();
            AtomicBoolean isStillInterrupted = new AtomicBoolean();
            AtomicReference<Throwable> during = new AtomicReference<>();
            Thread interruptedBefore = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                before.set(failureOf(engine));
                isStillInterrupted.set(Thread.currentThread().isInterrupted());
            });
            interruptedBefore.join();
            Thread interruptedDuring = Thread.ofPlatform().start(() -> during.set(failureOf(engine)));
            silent.accept();
            interruptedDuring.interrupt();
            interruptedDuring.join();

            assertThat(before.get()).isInstanceOf(SandboxException.Unavailable.class);
            assertThat(isStillInterrupted).isTrue();
            assertThat(during.get()).isInstanceOf(SandboxException.Unavailable.class);
        }
    }

    private static Throwable failureOf(DockerEngine engine) {
        return catchThrowable(() -> engine.ask(client -> client.pingCmd().exec()));
    }

    private static Version engine(String newest, String oldest) {
        return new ObjectMapper().convertValue(Map.of("ApiVersion", newest, "MinAPIVersion", oldest), Version.class);
    }
}
