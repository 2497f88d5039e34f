package dev.titan.contracts.sandbox;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Which hosts have sandboxes. Runs on the workflow's own queue. */
@ActivityInterface
public interface SandboxHostsActivity {

    /** Returns the ids of the hosts on which the sandbox role was seen within the last day. */
    @ActivityMethod(name = "sandboxHosts")
    List<String> sandboxHosts();
}
