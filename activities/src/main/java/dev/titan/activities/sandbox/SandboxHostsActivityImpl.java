package dev.titan.activities.sandbox;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.contracts.sandbox.SandboxHostsActivity;
import dev.titan.store.sandbox.SandboxRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** {@link SandboxHostsActivity} from the registry. Thread-safe. */
public final class SandboxHostsActivityImpl implements SandboxHostsActivity {

    /** A host that has been away longer is gone: its sandboxes have ended by their leases long ago. */
    private static final Duration SEEN_WITHIN = Duration.ofDays(1);

    private final SandboxRegistry sandboxes;
    private final Clock clock;

    public SandboxHostsActivityImpl(SandboxRegistry sandboxes, Clock clock) {
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    @Override
    public List<String> sandboxHosts() {
        return FailureMapper.guard(() -> sandboxes.hostsSeen(clock.instant().minus(SEEN_WITHIN)));
    }
}
