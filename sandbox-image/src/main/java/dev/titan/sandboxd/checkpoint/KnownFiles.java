package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.ManifestCursor;
import dev.titan.sandboxd.libc.FileStat;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of the scan before, read in the order in which a scan walks, one step behind it: whether a file is the same
 * is found without a search and without taking its entry apart, and pages that have been passed are let go.
 */
final class KnownFiles {

    private final Deque<KnownPage> pages;
    private ManifestCursor entry = new ManifestCursor(new byte[0]);
    private @Nullable KnownPage page;
    private int index = -1;

    KnownFiles(Collection<KnownPage> pages) {
        this.pages = new ArrayDeque<>(pages);
        advance();
    }

    /**
     * Goes to the entry of a path, if there is one; paths are asked for in the order of the walk.
     *
     * @return whether there is one, and it says what a look at the file now would say
     */
    boolean isUnchanged(String path, FileStat stat) {
        while (page != null && !entry.hasPath(path)) {
            if (order(entry.path(), path) > 0) {
                return false;
            }
            advance();
        }
        return page != null
                && entry.mode() == stat.mode()
                && entry.modifiedNanos() == stat.modifiedNanos()
                && (isSameDirectory(stat) || isSameFile(page, stat) || isSameLink(page, stat));
    }

    /** Returns the page in which the unchanged entry stands. */
    KnownPage page() {
        return Objects.requireNonNull(page, "no entry is unchanged");
    }

    /** Returns which entry of its page it stands at. */
    int index() {
        return index;
    }

    /** Returns the entry it stands at. */
    ManifestCursor entry() {
        return entry;
    }

    /** Compares as the walk goes: a directory, everything in it, then the next name of its own directory. */
    static int order(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            int difference = rank(left.charAt(i)) - rank(right.charAt(i));
            if (difference != 0) {
                return difference;
            }
        }
        return left.length() - right.length();
    }

    private static int rank(char letter) {
        return letter == '/' ? 0 : letter;
    }

    private boolean isSameDirectory(FileStat stat) {
        return entry.isDirectory() && stat.isDirectory();
    }

    private boolean isSameFile(KnownPage here, FileStat stat) {
        return entry.isFile() && stat.isFile() && entry.fileBytes() == stat.bytes() && isUntouched(here, stat);
    }

    private boolean isSameLink(KnownPage here, FileStat stat) {
        return entry.isSymlink() && stat.isSymlink() && isUntouched(here, stat);
    }

    private boolean isUntouched(KnownPage here, FileStat stat) {
        return here.inodes()[index] == stat.inode() && here.changed()[index] == stat.changedNanos();
    }

    private void advance() {
        while (!entry.next()) {
            page = pages.poll();
            if (page == null) {
                return;
            }
            entry = new ManifestCursor(page.bytes());
            index = -1;
        }
        index++;
    }
}
