package dev.titan.activities.sandbox;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.contracts.sandbox.SandboxSweepActivity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link SandboxSweepActivity} on one host. Thread-safe. */
public final class SandboxSweepActivityImpl implements SandboxSweepActivity {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxSweepActivityImpl.class);

    private final SandboxRounds rounds;

    public SandboxSweepActivityImpl(SandboxRounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public boolean sweepSandboxes() {
        return FailureMapper.guard(() -> {
            boolean overdue = rounds.roundIfOverdue();
            if (overdue) {
                LOG.warn("The sandboxes of this host were swept by schedule, for nobody else had done it of late");
            }
            return overdue;
        });
    }
}
