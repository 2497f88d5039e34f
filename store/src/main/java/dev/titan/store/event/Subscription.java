package dev.titan.store.event;

import java.util.function.Consumer;

/** A place in the {@link EventFeed}; close it to be woken no more. */
public final class Subscription implements AutoCloseable {

    private final Runnable wake;
    private final Consumer<Subscription> remove;

    Subscription(Runnable wake, Consumer<Subscription> remove) {
        this.wake = wake;
        this.remove = remove;
    }

    void wake() {
        wake.run();
    }

    @Override
    public void close() {
        remove.accept(this);
    }
}
