package dev.titan.store.task;

/** What became of a {@link NewTask}. */
public sealed interface Accepted {

    /**
     * It is stored and will be started.
     *
     * @param task its row
     */
    record New(TaskRow task) implements Accepted {}

    /**
     * The same request under the same idempotency key was accepted before.
     *
     * @param task the row of then, as it is now
     */
    record Repeated(TaskRow task) implements Accepted {}

    /** Another request was accepted under this idempotency key. */
    record Conflict() implements Accepted {}
}
