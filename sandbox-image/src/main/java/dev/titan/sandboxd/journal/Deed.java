package dev.titan.sandboxd.journal;

import java.util.concurrent.CompletableFuture;

/**
 * Something done once whose answer is too small to be worth giving back.
 *
 * @param answer what came of it, once it is over
 */
public record Deed<T>(CompletableFuture<T> answer) implements Journal.Entry {

    /** Something yet to be done. */
    public Deed() {
        this(new CompletableFuture<>());
    }

    @Override
    public boolean finished() {
        return answer.isDone();
    }

    @Override
    public long retainedBytes() {
        return 0;
    }

    @Override
    public void shed() {}
}
