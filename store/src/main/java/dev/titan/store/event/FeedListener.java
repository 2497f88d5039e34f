package dev.titan.store.event;

import dev.titan.contracts.event.LiveEvent;

/**
 * Hears what happens to one task, in the order in which it was committed. It is called on the feed's own thread and must
 * return at once.
 */
@FunctionalInterface
public interface FeedListener {

    /** Where the log may end when nothing was heard for a while: read it to its end, wherever that is. */
    long ANYWHERE = Long.MAX_VALUE;

    /** The log may have grown and ends at that {@code seq} now, or {@link #ANYWHERE}. */
    void grown(long seq);

    /** Somebody follows the task while it speaks. */
    default void live(LiveEvent event) {}
}
