package dev.titan.activities.tool;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;

/** Asks whether a running call should go on. */
@FunctionalInterface
interface Interruption {

    /**
     * Returns when it should.
     *
     * @throws ActivityCanceledException when the user has cancelled the task: end the call
     * @throws ActivityCompletionException for any other reason, such as a worker that shuts down: leave the call as it is
     */
    void check();
}
