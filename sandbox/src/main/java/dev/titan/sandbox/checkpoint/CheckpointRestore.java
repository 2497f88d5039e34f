package dev.titan.sandbox.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointBlobs;
import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.contracts.checkpoint.RestorePart;
import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts a checkpoint into the workspace of a new sandbox. Every blob is checked against its hash before it is used. */
public final class CheckpointRestore {

    /** Small parts, such as directories, count as this much of a transfer. */
    private static final int PART_BYTES = 256;

    private final WorkspaceSnapshots workspace;
    private final CheckpointBlobs blobs;
    private final Runnable betweenTransfers;
    private final String attempt = UUID.randomUUID().toString();
    private final Deque<ManifestEntry.Directory> directories = new ArrayDeque<>();
    private final List<RestorePart> waiting = new ArrayList<>();
    private long waitingBytes;

    /**
     * @param workspace where it goes
     * @param blobs where its bytes are
     * @param betweenTransfers may throw to give up
     */
    public CheckpointRestore(WorkspaceSnapshots workspace, CheckpointBlobs blobs, Runnable betweenTransfers) {
        this.workspace = workspace;
        this.blobs = blobs;
        this.betweenTransfers = betweenTransfers;
    }

    /**
     * Puts it back, unless an attempt before has done so.
     *
     * @throws SandboxException.Unrestorable when a blob is missing or is not what it was; the message names it and its path
     */
    public void restore(Manifest manifest) {
        if (!workspace.beginRestore(attempt, manifest.fingerprint())) {
            return;
        }
        for (String page : manifest.pages()) {
            files(entries(page));
        }
        flush();
        while (!directories.isEmpty()) {
            add(new RestorePart.Seal(directories.pop()), PART_BYTES);
        }
        flush();
        workspace.endRestore(attempt);
    }

    private List<ManifestEntry> entries(String sha256) {
        byte[] page = checked(sha256, blobs.readAll(List.of(sha256)).get(sha256), "part of the list of its files");
        try {
            return ManifestPage.decode(page);
        } catch (IllegalArgumentException e) {
            throw new SandboxException.Unrestorable(
                    "the checkpoint has a list of files that cannot be read (blob %s): %s"
                            .formatted(sha256, e.getMessage()));
        }
    }

    /** In order, so that parents come first; contents are fetched a transfer's worth ahead. */
    private void files(List<ManifestEntry> entries) {
        int from = 0;
        while (from < entries.size()) {
            int to = from;
            long size = 0;
            Set<String> hashes = new LinkedHashSet<>();
            while (to < entries.size() && size <= CheckpointLimits.TRANSFER_BYTES_MAX) {
                if (entries.get(to) instanceof ManifestEntry.File file && isSmall(file)) {
                    size += file.bytes();
                    hashes.add(file.sha256());
                }
                to++;
            }
            Map<String, byte[]> contents = hashes.isEmpty() ? Map.of() : blobs.readAll(hashes);
            for (ManifestEntry entry : entries.subList(from, to)) {
                put(entry, contents);
            }
            from = to;
        }
    }

    private static boolean isSmall(ManifestEntry.File file) {
        return file.bytes() > 0 && file.bytes() <= CheckpointBlobs.SMALL_BYTES_MAX;
    }

    private void put(ManifestEntry entry, Map<String, byte[]> contents) {
        switch (entry) {
            case ManifestEntry.Directory directory -> {
                directories.push(directory);
                add(new RestorePart.Make(directory), PART_BYTES);
            }
            case ManifestEntry.Symlink link -> add(new RestorePart.Make(link), PART_BYTES);
            case ManifestEntry.File file -> {
                if (file.bytes() == 0) {
                    add(new RestorePart.Content(file, 0, new byte[0], true), PART_BYTES);
                } else if (isSmall(file)) {
                    byte[] content = checked(file.sha256(), contents.get(file.sha256()), shown(file));
                    add(new RestorePart.Content(file, 0, content, true), content.length + PART_BYTES);
                } else {
                    large(file);
                }
            }
        }
    }

    /** Goes over the wire before its hash is known; a wrong one ends the restore, so nothing is done with it. */
    private void large(ManifestEntry.File file) {
        var digest = ContentHash.digest();
        try (InputStream content = blobs.open(file.sha256()).orElseThrow(() -> missing(file.sha256(), shown(file)))) {
            long offset = 0;
            while (offset < file.bytes()) {
                byte[] piece = content.readNBytes(CheckpointBlobs.SMALL_BYTES_MAX);
                if (piece.length == 0) {
                    throw damaged(file.sha256(), shown(file));
                }
                digest.update(piece);
                boolean last = offset + piece.length >= file.bytes();
                add(new RestorePart.Content(file, offset, piece, last), piece.length);
                offset += piece.length;
            }
        } catch (IOException e) {
            throw new SandboxException.Unavailable("a blob cannot be read", e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw damaged(file.sha256(), shown(file));
        }
    }

    private void add(RestorePart part, long bytes) {
        if (waitingBytes + bytes > CheckpointLimits.TRANSFER_BYTES_MAX) {
            flush();
        }
        waiting.add(part);
        waitingBytes += bytes;
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            betweenTransfers.run();
            workspace.restore(attempt, List.copyOf(waiting));
            waiting.clear();
            waitingBytes = 0;
        }
    }

    private static byte[] checked(String sha256, byte @Nullable [] content, String what) {
        if (content == null) {
            throw missing(sha256, what);
        }
        if (!ContentHash.of(content).equals(sha256)) {
            throw damaged(sha256, what);
        }
        return content;
    }

    private static String shown(ManifestEntry.File file) {
        return "'%s'".formatted(file.shownPath());
    }

    private static SandboxException.Unrestorable missing(String sha256, String what) {
        return new SandboxException.Unrestorable(
                "the checkpoint is damaged: %s is missing (blob %s)".formatted(what, sha256));
    }

    private static SandboxException.Unrestorable damaged(String sha256, String what) {
        return new SandboxException.Unrestorable(
                "the checkpoint is damaged: %s does not match its hash (blob %s)".formatted(what, sha256));
    }
}
