package dev.titan.sandbox;

import org.junit.jupiter.api.Tag;

/** {@link PoolContract} for Docker, which has to run. */
@Tag("docker")
class DockerPoolIT extends PoolContract {

    DockerPoolIT() {
        super(RealProvider.DOCKER);
    }
}
