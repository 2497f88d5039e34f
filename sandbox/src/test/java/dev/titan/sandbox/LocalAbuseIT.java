package dev.titan.sandbox;

import dev.titan.sandbox.local.LocalSandboxes;
import org.junit.jupiter.api.Tag;

/** {@link AbuseContract} for bubblewrap. */
@Tag("bubblewrap")
class LocalAbuseIT extends AbuseContract {

    @Override
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        return new LocalSandboxes(home, host, daemon);
    }
}
