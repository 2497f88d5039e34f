package dev.titan.sandbox;

import org.junit.jupiter.api.Tag;

/** {@link KillRounds} with real sandboxes of that kind. */
@Tag("bubblewrap")
class LocalKillRoundsIT extends KillRounds {

    LocalKillRoundsIT() {
        super(RealProvider.LOCAL);
    }
}
