package dev.titan.sandbox;

import org.junit.jupiter.api.Tag;

/** {@link KillRounds} with real sandboxes of that kind. */
@Tag("docker")
class DockerKillRoundsIT extends KillRounds {

    DockerKillRoundsIT() {
        super(RealProvider.DOCKER);
    }
}
