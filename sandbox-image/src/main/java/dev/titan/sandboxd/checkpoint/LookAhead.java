package dev.titan.sandboxd.checkpoint;

import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.FileStat;
import dev.titan.sandboxd.libc.RawFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the subdirectories of a directory a few ahead of the walk, since asking the kernel about each file is nearly all
 * that a scan without changes costs, and another processor can do it meanwhile. Whoever is free looks, the walk included:
 * what nobody has begun it looks at itself, so it goes on also when nobody helps. Belongs to the thread of the walk.
 */
final class LookAhead implements AutoCloseable {

    /** Entries that are looked at and not yet walked, on all levels together: 2 MB of the daemon's heap. */
    static final int ENTRIES_MAX = 15_000;

    /** So many directories of a level are held open: enough for the walk and two who help. */
    private static final int DIRECTORIES_MAX = 4;

    private static final int READ_AND_ENTER = 0500;

    private final RawFiles raw;
    private final Executor helpers;
    private final Semaphore room;
    private final Listing parent;
    private final Deque<Look> ahead = new ArrayDeque<>();
    private int next;

    /**
     * @param raw of the walk's thread
     * @param helpers other threads; may refuse
     * @param room for {@link #ENTRIES_MAX}, shared by all levels of a walk
     * @param parent the directory
     */
    LookAhead(RawFiles raw, Executor helpers, Semaphore room, Listing parent) {
        this.raw = raw;
        this.helpers = helpers;
        this.room = room;
        this.parent = parent;
    }

    /** Whether {@link #take} brings the directory: not one that its owner has closed to himself. */
    static boolean covers(FileStat stat) {
        return stat.isDirectory() && (stat.mode() & READ_AND_ENTER) == READ_AND_ENTER;
    }

    /** Returns the next directory that is {@linkplain #covers covered}; all are to be taken, in the order of their names. */
    Listing take() throws ErrnoException {
        refill();
        Look wanted = ahead.remove();
        refill();
        if (wanted.begins()) {
            return Listing.open(raw, parent.directory(), wanted.name);
        }
        while (!wanted.found.isDone() && ahead.stream().anyMatch(Look::doneHere)) {
            // Another one was looked at, which is better than to wait.
        }
        Optional<Listing> found = wanted.await();
        return found.isPresent() ? found.get() : Listing.open(raw, parent.directory(), wanted.name);
    }

    private void refill() {
        while (ahead.size() < DIRECTORIES_MAX && next < parent.size()) {
            int index = next++;
            if (covers(parent.stats().get(index))) {
                Look look = new Look(parent.names().get(index));
                if (!ahead.isEmpty()) { // the first one is what the walk needs at once
                    look.offer();
                }
                ahead.add(look);
            }
        }
    }

    /** Waits for those who help, since they use the parent, and closes what was not taken. */
    @Override
    public void close() {
        for (Look look : ahead) {
            try {
                if (!look.begins()) {
                    look.await().ifPresent(Listing::close);
                }
            } catch (ErrnoException e) {
                // It could not be opened, so there is nothing to close.
                assert e.errno() != 0;
            }
        }
    }

    /** A directory that is looked at by whoever comes first. */
    private final class Look {
        private final String name;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CompletableFuture<Optional<Listing>> found = new CompletableFuture<>();
        private int taken;

        Look(String name) {
            this.name = name;
        }

        void offer() {
            try {
                helpers.execute(this::help);
            } catch (RejectedExecutionException busy) {
                // The walk does it itself.
                assert !found.isDone();
            }
        }

        /** Returns whether nobody has begun before. */
        boolean begins() {
            return begun.compareAndSet(false, true);
        }

        boolean doneHere() {
            if (!begins()) {
                return false;
            }
            look(raw);
            return true;
        }

        private void help() {
            if (begins()) {
                try (RawFiles own = new RawFiles()) {
                    look(own);
                }
            }
        }

        private void look(RawFiles with) {
            try {
                found.complete(Listing.open(with, parent.directory(), name, ENTRIES_MAX, this::hasRoom));
            } catch (ErrnoException | RuntimeException e) {
                found.completeExceptionally(e);
            }
        }

        private boolean hasRoom(int entries) {
            taken = room.tryAcquire(entries) ? entries : 0;
            return taken == entries;
        }

        /** Returns nothing when there was no room for it. */
        Optional<Listing> await() throws ErrnoException {
            try {
                Optional<Listing> there = found.join();
                room.release(taken);
                return there;
            } catch (CompletionException e) {
                if (e.getCause() instanceof ErrnoException errno) {
                    throw errno;
                }
                throw e;
            }
        }
    }
}
