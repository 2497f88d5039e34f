package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.sandboxd.libc.FileStat;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Collects the entries of a scan into pages. */
final class ManifestWriter {

    private final MessageDigest digest = Sha256.digest();
    private final MessageDigest overall = Sha256.digest();
    private final List<KnownPage> pages = new ArrayList<>();
    private final ByteArrayOutputStream page = new ByteArrayOutputStream(ManifestPage.BYTES_MAX);
    private long[] inodes = new long[64];
    private long[] changed = new long[64];
    private int inPage;
    private int entries;
    private long manifestBytes;

    void add(ManifestEntry entry, FileStat stat, long changedNanos) throws TooLargeException {
        entries++;
        byte[] encoded = ManifestPage.encode(entry);
        manifestBytes += encoded.length;
        if (entries > CheckpointLimits.ENTRIES_MAX) {
            throw new TooLargeException("more than %,d files and directories".formatted(CheckpointLimits.ENTRIES_MAX));
        }
        if (manifestBytes > CheckpointLimits.MANIFEST_BYTES_MAX) {
            throw new TooLargeException("so many long names that their list exceeds %,d bytes"
                    .formatted(CheckpointLimits.MANIFEST_BYTES_MAX));
        }
        if (inPage == inodes.length) {
            inodes = Arrays.copyOf(inodes, inPage * 2);
            changed = Arrays.copyOf(changed, inPage * 2);
        }
        inodes[inPage] = stat.inode();
        changed[inPage] = changedNanos;
        inPage++;
        page.writeBytes(encoded);
        if (ManifestPage.endsBehind(entry.path(), page.size())) {
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

    private void endPage() {
        byte[] bytes = page.toByteArray();
        byte[] sha256 = digest.digest(bytes);
        overall.update(sha256);
        pages.add(new KnownPage(
                HexFormat.of().formatHex(sha256),
                bytes,
                Arrays.copyOf(inodes, inPage),
                Arrays.copyOf(changed, inPage)));
        page.reset();
        inPage = 0;
    }
}
