package dev.titan.store.fork;

import dev.titan.store.task.Accepted;

/** What became of a {@link Fork}. */
public sealed interface Forked {

    /**
     * It is a task like any other now, or was known under its idempotency key.
     *
     * @param accepted which of these
     */
    record Made(Accepted accepted) implements Forked {}

    /**
     * The other task does not allow it; nothing was written.
     *
     * @param why the kind
     * @param message what is in the way and what would do, without a subject: "is not done yet; …"
     */
    record Refused(Why why, String message) implements Forked {}

    /** Why a task cannot go on from another one. */
    enum Why {
        /** No plan of the task has such a step. */
        STEP_UNKNOWN,
        /** The step is not done. */
        STEP_NOT_DONE,
        /** The files of that moment are not stored. */
        FILES_GONE,
        /** Only what has failed or was cancelled can be tried again. */
        NOT_FAILED
    }
}
