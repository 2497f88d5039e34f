package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.local.LocalSandboxes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link CheckpointContract} for bubblewrap. */
@Tag("bubblewrap")
class LocalCheckpointIT extends CheckpointContract {

    @Override
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        return new LocalSandboxes(home, host, daemon);
    }

    /** Once, and here, where a sandbox is cheapest: the daemon's memory is the same everywhere. */
    @Test
    void holdsFiftyThousandFiles() {
        run(workspace(), """
                python3 -c "
                import os
                for i in range(50000):
                    d = 'd%d/e%d' % (i // 1000, i // 100 % 10)
                    os.makedirs(d, exist_ok=True)
                    open('%s/f%d.txt' % (d, i), 'w').write('content %d' % i)"
                """);
        Manifest taken = take(workspace());

        Workspace restored = restoreInto(newSandbox(), taken);

        assertThat(take(restored).fingerprint()).isEqualTo(taken.fingerprint());
        assertThat(run(restored, "find . -type f | wc -l; cat d49/e9/f49999.txt"))
                .isEqualTo("50000\ncontent 49999");
    }
}
