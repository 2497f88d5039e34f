package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.FileStat;
import dev.titan.sandboxd.libc.OpenFlag;
import dev.titan.sandboxd.libc.RawFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A directory that is open, and what is in it: names in the order of their bytes, each with what the kernel tells of it. What
 * was removed meanwhile is left out.
 *
 * @param directory the directory
 * @param names its names
 * @param stats in the same order
 */
record Listing(Descriptor directory, List<String> names, List<FileStat> stats) implements AutoCloseable {

    /** Looks at a directory that is open for reading. */
    static Listing of(RawFiles raw, Descriptor directory) throws ErrnoException {
        return of(raw, directory, raw.names(directory, CheckpointLimits.ENTRIES_MAX));
    }

    /** Opens a directory that its owner may read, and looks at it. */
    static Listing open(RawFiles raw, Descriptor parent, String name) throws ErrnoException {
        return open(raw, parent, name, CheckpointLimits.ENTRIES_MAX, entries -> true)
                .orElseThrow();
    }

    /** Does the same unless {@code wanted} says no to the number of its names, which are counted up to one above the maximum. */
    static Optional<Listing> open(RawFiles raw, Descriptor parent, String name, int namesMax, IntPredicate wanted)
            throws ErrnoException {
        Descriptor opened = raw.open(parent, name, OpenFlag.READ_ONLY | OpenFlag.DIRECTORY, 0);
        boolean isKept = false;
        try {
            List<String> names = raw.names(opened, namesMax);
            isKept = wanted.test(names.size());
            return isKept ? Optional.of(of(raw, opened, names)) : Optional.empty();
        } finally {
            if (!isKept) {
                opened.close();
            }
        }
    }

    private static Listing of(RawFiles raw, Descriptor directory, List<String> all) {
        List<String> names = new ArrayList<>(all.size());
        List<FileStat> stats = new ArrayList<>(all.size());
        for (String name : all) {
            try {
                stats.add(raw.stat(directory, name));
                names.add(name);
            } catch (ErrnoException e) {
                // Removed meanwhile.
                assert e.errno() != 0;
            }
        }
        return new Listing(directory, names, stats);
    }

    int size() {
        return names.size();
    }

    @Override
    public void close() {
        directory.close();
    }
}
