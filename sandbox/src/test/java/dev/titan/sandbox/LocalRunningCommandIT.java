package dev.titan.sandbox;

import dev.titan.sandbox.local.LocalSandboxes;
import org.junit.jupiter.api.Tag;

/** {@link RunningCommandContract} for bubblewrap. */
@Tag("bubblewrap")
class LocalRunningCommandIT extends RunningCommandContract {

    @Override
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        return new LocalSandboxes(home, host, daemon);
    }
}
