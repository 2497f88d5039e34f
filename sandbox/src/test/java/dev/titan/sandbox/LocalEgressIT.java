package dev.titan.sandbox;

import org.junit.jupiter.api.Tag;

/** {@link EgressContract} for bubblewrap, which has to be installed. */
@Tag("bubblewrap")
class LocalEgressIT extends EgressContract {

    LocalEgressIT() {
        super(RealProvider.LOCAL);
    }
}
