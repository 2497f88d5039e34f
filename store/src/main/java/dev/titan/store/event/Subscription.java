package dev.titan.store.event;

import java.util.function.Consumer;

/** A place in the {@link EventFeed}; close it to hear no more. */
public final class Subscription implements AutoCloseable {

    private final FeedListener listener;
    private final Consumer<Subscription> remove;

    Subscription(FeedListener listener, Consumer<Subscription> remove) {
        this.listener = listener;
        this.remove = remove;
    }

    FeedListener listener() {
        return listener;
    }

    @Override
    public void close() {
        remove.accept(this);
    }
}
