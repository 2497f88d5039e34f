package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.ManifestCursor;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.sandboxd.libc.FileStat;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of a scan into pages. A page all of whose entries are those of a page of the scan before is that
 * page: it is neither written nor hashed again, which is most of what a scan would cost.
 */
final class ManifestWriter {

    private final KnownFiles known;
    private final MessageDigest digest = Sha256.digest();
    private final MessageDigest overall = Sha256.digest();
    private final List<KnownPage> pages = new ArrayList<>();
    private final ByteArrayOutputStream page = new ByteArrayOutputStream(ManifestPage.BYTES_MAX);
    private long[] inodes = new long[64];
    private long[] changed = new long[64];

    /** As long as all entries of this page are the first ones of a known page, it stands for them, and nothing is written. */
    private @Nullable KnownPage repeated;

    private int repeatedBytes;
    private int inPage;
    private int entries;
    private long manifestBytes;

    /**
     * @param known the scan before
     */
    ManifestWriter(KnownFiles known) {
        this.known = known;
    }

    void add(ManifestEntry entry, FileStat stat, long changedNanos) throws TooLargeException {
        byte[] encoded = ManifestPage.encode(entry);
        count(encoded.length);
        append(encoded, 0, encoded.length, stat.inode(), changedNanos);
        if (ManifestPage.endsBehind(entry.path(), page.size())) {
            endPage();
        }
    }

    /** Adds the entry at which the scan before stands. */
    void addUnchanged(String path) throws TooLargeException {
        KnownPage itsPage = known.page();
        ManifestCursor entry = known.entry();
        int size = entry.end() - entry.start();
        count(size);
        if (inPage == 0 && known.index() == 0) {
            repeated = itsPage;
        }
        if (itsPage.equals(repeated) && known.index() == inPage) {
            inPage++;
            repeatedBytes += size;
            // Before its last entry a page that is repeated ends nowhere, as it did not then.
            if (inPage == itsPage.entries() && ManifestPage.endsBehind(path, repeatedBytes)) {
                endPage();
            }
            return;
        }
        append(itsPage.bytes(), entry.start(), size, itsPage.inodes()[known.index()], itsPage.changed()[known.index()]);
        if (ManifestPage.endsBehind(path, page.size())) {
            endPage();
        }
    }

    /** Returns the pages; nothing can be added any more. */
    List<KnownPage> end() {
        if (inPage > 0) {
            endPage();
        }
        return pages;
    }

    /** Returns the hash over the pages, once they have ended. */
    String fingerprint() {
        return HexFormat.of().formatHex(overall.digest());
    }

    int entries() {
        return entries;
    }

    private void count(int entryBytes) throws TooLargeException {
        entries++;
        manifestBytes += entryBytes;
        if (entries > CheckpointLimits.ENTRIES_MAX) {
            throw TooLargeException.entries();
        }
        if (manifestBytes > CheckpointLimits.MANIFEST_BYTES_MAX) {
            throw new TooLargeException("so many long names that their list exceeds %,d bytes"
                    .formatted(CheckpointLimits.MANIFEST_BYTES_MAX));
        }
    }

    private void append(byte[] encoded, int from, int size, long inode, long changedNanos) {
        writeOut();
        if (inPage == inodes.length) {
            inodes = Arrays.copyOf(inodes, inPage * 2);
            changed = Arrays.copyOf(changed, inPage * 2);
        }
        inodes[inPage] = inode;
        changed[inPage] = changedNanos;
        inPage++;
        page.write(encoded, from, size);
    }

    /** The page turns out to be another than the known one: what both have in common is copied. */
    private void writeOut() {
        if (repeated == null) {
            return;
        }
        page.write(repeated.bytes(), 0, repeatedBytes);
        inodes = Arrays.copyOf(repeated.inodes(), Math.max(inPage, inodes.length));
        changed = Arrays.copyOf(repeated.changed(), Math.max(inPage, changed.length));
        repeated = null;
        repeatedBytes = 0;
    }

    private void endPage() {
        KnownPage ended;
        if (repeated != null && inPage == repeated.entries()) {
            ended = repeated;
            overall.update(HexFormat.of().parseHex(ended.sha256()));
        } else {
            writeOut();
            ended = written();
        }
        pages.add(ended);
        repeated = null;
        repeatedBytes = 0;
        page.reset();
        inPage = 0;
    }

    private KnownPage written() {
        byte[] bytes = page.toByteArray();
        byte[] sha256 = digest.digest(bytes);
        overall.update(sha256);
        return new KnownPage(
                HexFormat.of().formatHex(sha256), bytes, Arrays.copyOf(inodes, inPage), Arrays.copyOf(changed, inPage));
    }
}
