package dev.titan.contracts.sandbox;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks after the sandboxes of one host when nobody else does. Runs on the host. */
@ActivityInterface
public interface SandboxSweepActivity {

    /** Makes a round if none was made of late. Returns whether it had to; harmless to repeat. */
    @ActivityMethod(name = "sweepSandboxes")
    boolean sweepSandboxes();
}
