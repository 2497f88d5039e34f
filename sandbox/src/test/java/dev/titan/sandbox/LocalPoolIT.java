package dev.titan.sandbox;

import org.junit.jupiter.api.Tag;

/** {@link PoolContract} for bubblewrap, which has to be installed. */
@Tag("bubblewrap")
class LocalPoolIT extends PoolContract {

    LocalPoolIT() {
        super(RealProvider.LOCAL);
    }
}
