package dev.titan.sandbox;

import org.junit.jupiter.api.Tag;

/** {@link EgressContract} for Docker, which has to run. */
@Tag("docker")
class DockerEgressIT extends EgressContract {

    DockerEgressIT() {
        super(RealProvider.DOCKER);
    }
}
