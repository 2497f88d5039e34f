package dev.titan.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.RemoteApiVersion;
import dev.titan.contracts.sandbox.SandboxException;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static Version engine(String newest, String oldest) {
        return new ObjectMapper().convertValue(Map.of("ApiVersion", newest, "MinAPIVersion", oldest), Version.class);
    }
}
