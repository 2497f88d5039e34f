package dev.titan.sandbox.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointBlobs;
import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.contracts.checkpoint.Scan;
import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.sandbox.SandboxException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a checkpoint: looks at the workspace, fetches the pages of its manifest that are new, and the files of those
 * pages that are new. A page is stored behind its files, so whoever has a page has its files. A file that changes while
 * the checkpoint is taken is recorded as it was read, and one that disappears is left out: only what runs in the
 * background can do that, and no moment is better than another for it.
 */
public final class CheckpointTaking {

    /** Another process may look at the same workspace in between, and the daemon keeps the pages of one look. */
    private static final int LOOKS_MAX = 5;

    private final WorkspaceSnapshots workspace;
    private final CheckpointBlobs blobs;
    private final Runnable betweenTransfers;

    /**
     * @param workspace whose checkpoint is taken
     * @param blobs where its bytes go
     * @param betweenTransfers may throw to give up
     */
    public CheckpointTaking(WorkspaceSnapshots workspace, CheckpointBlobs blobs, Runnable betweenTransfers) {
        this.workspace = workspace;
        this.blobs = blobs;
        this.betweenTransfers = betweenTransfers;
    }

    /**
     * Takes it, unless nothing has changed.
     *
     * @param known the fingerprint of the newest checkpoint; empty for none
     * @throws SandboxException.Lost when the sandbox is gone, or says what no daemon of ours says
     */
    public Taken take(String known) {
        for (int look = 1; look <= LOOKS_MAX; look++) {
            betweenTransfers.run();
            switch (workspace.scan(known)) {
                case Scan.TooLarge(String message) -> {
                    return new Taken.TooLarge(message);
                }
                case Scan.State state -> {
                    if (state.fingerprint().equals(known)) {
                        return new Taken.Unchanged();
                    }
                    Optional<Manifest> manifest = store(state);
                    if (manifest.isPresent()) {
                        return new Taken.Stored(manifest.get());
                    }
                }
            }
        }
        throw new SandboxException.Unavailable("others look at the workspace all the time");
    }

    /** Returns nothing when the pages are another look's by now. */
    private Optional<Manifest> store(Scan.State state) {
        long manifestBytes = state.pages().stream().mapToLong(Scan.Page::bytes).sum();
        if (manifestBytes > CheckpointLimits.MANIFEST_BYTES_MAX) {
            throw misbehaves("sent a manifest of %,d bytes".formatted(manifestBytes));
        }
        Set<String> hashes = new HashSet<>();
        state.pages().forEach(page -> hashes.add(page.sha256()));
        Set<String> missing = blobs.missingPages(hashes);
        List<String> pages = new ArrayList<>();
        FileFetching files = new FileFetching(workspace, blobs, betweenTransfers);
        for (Scan.Page page : state.pages()) {
            betweenTransfers.run();
            if (!missing.contains(page.sha256())) {
                pages.add(page.sha256());
                continue;
            }
            Optional<byte[]> bytes = workspace.page(page.sha256());
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            pages.add(store(page, bytes.get(), files));
        }
        return Optional.of(new Manifest(state.fingerprint(), pages, state.entries(), state.bytes()));
    }

    private String store(Scan.Page announced, byte[] bytes, FileFetching files) {
        if (!ContentHash.of(bytes).equals(announced.sha256())) {
            throw misbehaves("sent another page than it announced");
        }
        List<ManifestEntry> entries = entries(bytes);
        List<ManifestEntry> stored = files.fetch(entries);
        byte[] page = stored.equals(entries) ? bytes : encoded(stored);
        String sha256 = ContentHash.of(page);
        blobs.putPage(sha256, page, hashes(stored));
        return sha256;
    }

    /** Returns the hashes of what is stored of files. */
    static Set<String> hashes(List<ManifestEntry> entries) {
        Set<String> hashes = new HashSet<>();
        for (ManifestEntry entry : entries) {
            if (entry instanceof ManifestEntry.File file && file.bytes() > 0) {
                hashes.add(file.sha256());
            }
        }
        return hashes;
    }

    private static byte[] encoded(List<ManifestEntry> entries) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        entries.forEach(entry -> page.writeBytes(ManifestPage.encode(entry)));
        return page.toByteArray();
    }

    private static List<ManifestEntry> entries(byte[] page) {
        try {
            return ManifestPage.decode(page);
        } catch (IllegalArgumentException e) {
            throw misbehaves("sent what is no page: " + e.getMessage());
        }
    }

    static SandboxException.Unavailable misbehaves(String what) {
        return new SandboxException.Unavailable("the daemon of the sandbox %s".formatted(what));
    }
}
