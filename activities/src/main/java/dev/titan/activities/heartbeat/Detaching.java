package dev.titan.activities.heartbeat;

import dev.titan.contracts.sandbox.Workspace;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;

/** How a command in a sandbox is to hear of a stop: a user's cancel ends it, the end of a worker leaves it running. */
public final class Detaching {

    private Detaching() {}

    /**
     * Returns when the check does.
     *
     * @param check such as {@link BackgroundHeartbeat#check()}
     * @throws ActivityCanceledException when the user has cancelled
     * @throws Workspace.Detached when the attempt is to end for any other reason
     */
    public static void check(Runnable check) {
        try {
            check.run();
        } catch (ActivityCanceledException cancelled) {
            throw cancelled;
        } catch (ActivityCompletionException ending) {
            throw new Workspace.Detached(ending);
        }
    }
}
