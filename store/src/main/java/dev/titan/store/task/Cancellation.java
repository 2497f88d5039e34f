package dev.titan.store.task;

/** What a request to cancel has done, and what is left to do. */
public enum Cancellation {
    /** The task had ended before; nothing was changed. */
    ALREADY_ENDED,
    /** Nobody had tried to start the task; it has ended now and will never be started. */
    ENDED,
    /**
     * Starting was tried and is not confirmed. The request is stored; the starter asks Temporal and carries it out, and
     * who can may cancel the workflow already.
     */
    START_UNCERTAIN,
    /** The workflow runs; the request is stored, and cancelling the workflow is left to the caller. */
    STARTED
}
