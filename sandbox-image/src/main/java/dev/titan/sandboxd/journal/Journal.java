package dev.titan.sandboxd.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What was done under which key, for as long as the daemon lives. Bounded: beyond {@link #RETAINED_BYTES_MAX} the oldest
 * finished entries lose their bytes but are still known, so that repeating them does nothing; beyond
 * {@link #ENTRIES_MAX} the oldest finished ones are forgotten. Only the newest calls of a task are ever repeated, after a
 * crash, so neither is met in practice. Thread-safe.
 */
public final class Journal<E extends Journal.Entry> {

    /** Ten times the calls of a long task; an entry without bytes takes some 500 bytes. */
    static final int ENTRIES_MAX = 10_000;

    /** A third of the daemon's heap. */
    static final long RETAINED_BYTES_MAX = 16L * 1024 * 1024;

    private final int entriesMax;
    private final long retainedBytesMax;
    private final Map<String, E> entries = new LinkedHashMap<>();

    public Journal() {
        this(ENTRIES_MAX, RETAINED_BYTES_MAX);
    }

    Journal(int entriesMax, long retainedBytesMax) {
        this.entriesMax = entriesMax;
        this.retainedBytesMax = retainedBytesMax;
    }

    /**
     * Returns the entry of a key. When there is none, makes one and, once everybody can find it, has {@code begin} do
     * what it stands for, in this thread.
     */
    public E of(String key, Supplier<E> make, Consumer<E> begin) {
        E made;
        synchronized (this) {
            E known = entries.get(key);
            if (known != null) {
                return known;
            }
            made = make.get();
            entries.put(key, made);
        }
        begin.accept(made);
        trim();
        return made;
    }

    /** Returns the entry of a key, if there is one. */
    public synchronized Optional<E> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Returns every entry, the oldest first. */
    public synchronized List<E> entries() {
        return List.copyOf(entries.values());
    }

    /** Keeps the limits; to be called also when an entry has finished. */
    public synchronized void trim() {
        long retained =
                entries.values().stream().mapToLong(Entry::retainedBytes).sum();
        var oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext() && (retained > retainedBytesMax || entries.size() > entriesMax)) {
            E entry = oldestFirst.next();
            if (!entry.finished()) {
                continue;
            }
            if (retained > retainedBytesMax) {
                retained -= entry.retainedBytes();
                entry.shed();
            }
            if (entries.size() > entriesMax) {
                oldestFirst.remove();
            }
        }
    }

    /** Something done once. */
    public interface Entry {

        /** Whether it is over. */
        boolean finished();

        /** How much memory its details take. */
        long retainedBytes();

        /** Gives that memory back; how it ended stays known. */
        void shed();
    }
}
