package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.sandboxd.libc.FileStat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of the scan before, read in the order in which a scan walks, one step behind it: the hash of a file that
 * has not changed is found without a search, and pages that have been passed are let go.
 */
final class KnownFiles {

    private final Deque<KnownPage> pages;
    private ByteBuffer page = ByteBuffer.allocate(0);
    private @Nullable KnownPage current;
    private @Nullable ManifestEntry entry;
    private int index = -1;

    KnownFiles(Collection<KnownPage> pages) {
        this.pages = new ArrayDeque<>(pages);
        advance();
    }

    /** Returns the hash of a file that is the same as in the scan before. Paths are asked for in the order of the walk. */
    Optional<String> hash(String path, FileStat stat) {
        while (entry != null && order(entry.path(), path) < 0) {
            advance();
        }
        return entry instanceof ManifestEntry.File file
                        && current != null
                        && file.path().equals(path)
                        && file.bytes() == stat.bytes()
                        && file.modifiedNanos() == stat.modifiedNanos()
                        && current.inodes()[index] == stat.inode()
                        && current.changed()[index] == stat.changedNanos()
                ? Optional.of(file.sha256())
                : Optional.empty();
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

    private void advance() {
        while (!page.hasRemaining()) {
            current = pages.poll();
            if (current == null) {
                entry = null;
                return;
            }
            page = ByteBuffer.wrap(current.bytes());
            index = -1;
        }
        entry = ManifestPage.next(page);
        index++;
    }
}
