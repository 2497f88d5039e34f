package dev.titan.sandbox.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointBlobs;
import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the files of one checkpoint that are not stored yet: small ones together, large ones in pieces over a file. */
final class FileFetching {

    private final WorkspaceSnapshots workspace;
    private final CheckpointBlobs blobs;
    private final Runnable betweenTransfers;
    private long bytes;

    FileFetching(WorkspaceSnapshots workspace, CheckpointBlobs blobs, Runnable betweenTransfers) {
        this.workspace = workspace;
        this.blobs = blobs;
        this.betweenTransfers = betweenTransfers;
    }

    /** Returns the entries as they are stored: with what was read where that differs, without what is gone. */
    List<ManifestEntry> fetch(List<ManifestEntry> entries) {
        Set<String> hashes = CheckpointTaking.hashes(entries);
        Set<String> missing = hashes.isEmpty() ? hashes : blobs.missing(hashes);
        List<ManifestEntry.File> small = new ArrayList<>();
        Map<String, Optional<ManifestEntry>> changed = new HashMap<>();
        for (ManifestEntry entry : entries) {
            if (entry instanceof ManifestEntry.File file && missing.contains(file.sha256())) {
                if (file.bytes() > CheckpointBlobs.SMALL_BYTES_MAX) {
                    changed.put(file.path(), large(file));
                } else {
                    small.add(file);
                }
            }
        }
        while (!small.isEmpty()) {
            List<ManifestEntry.File> batch = batch(small);
            int done = together(batch, changed);
            small.subList(0, done).clear();
        }
        return entries.stream()
                .flatMap(entry -> changed.getOrDefault(entry.path(), Optional.of(entry)).stream())
                .toList();
    }

    private static List<ManifestEntry.File> batch(List<ManifestEntry.File> small) {
        int count = 0;
        long size = 0;
        while (count < small.size() && size + small.get(count).bytes() <= CheckpointLimits.TRANSFER_BYTES_MAX) {
            size += small.get(count++).bytes();
        }
        return small.subList(0, count);
    }

    /** Returns how many of them were read. */
    private int together(List<ManifestEntry.File> files, Map<String, Optional<ManifestEntry>> changed) {
        betweenTransfers.run();
        List<FilePiece.Read> contents = workspace.read(files.stream()
                .map(file -> new FilePiece(file.path(), 0, (int) file.bytes()))
                .toList());
        Map<String, byte[]> stored = new HashMap<>();
        for (int i = 0; i < contents.size(); i++) {
            ManifestEntry.File file = files.get(i);
            switch (contents.get(i)) {
                case FilePiece.Read.Gone() -> changed.put(file.path(), Optional.empty());
                case FilePiece.Read.Bytes(byte[] content) -> {
                    count(content.length);
                    String sha256 = ContentHash.of(content);
                    if (content.length > 0) {
                        stored.put(sha256, content);
                    }
                    changed.put(file.path(), Optional.of(as(file, content.length, sha256)));
                }
            }
        }
        blobs.putAll(stored);
        return contents.size();
    }

    private Optional<ManifestEntry> large(ManifestEntry.File file) {
        try {
            Path spool = Files.createTempFile("titan-checkpoint", ".blob");
            try {
                return spool(file, spool);
            } finally {
                Files.delete(spool);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a large file on its way to the store", e);
        }
    }

    private Optional<ManifestEntry> spool(ManifestEntry.File file, Path spool) throws IOException {
        var digest = ContentHash.digest();
        long size = 0;
        try (OutputStream output = new DigestOutputStream(Files.newOutputStream(spool), digest)) {
            while (size < file.bytes()) {
                betweenTransfers.run();
                int wanted = (int) Math.min(CheckpointLimits.TRANSFER_BYTES_MAX, file.bytes() - size);
                var read = workspace
                        .read(List.of(new FilePiece(file.path(), size, wanted)))
                        .getFirst();
                if (!(read instanceof FilePiece.Read.Bytes(byte[] piece))) {
                    return Optional.empty();
                }
                if (piece.length == 0) {
                    break; // it was cut off meanwhile
                }
                output.write(piece);
                size += piece.length;
                count(piece.length);
            }
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (size > 0) {
            blobs.put(sha256, spool);
        }
        return Optional.of(as(file, size, sha256));
    }

    private static ManifestEntry.File as(ManifestEntry.File file, long size, String sha256) {
        return new ManifestEntry.File(file.path(), file.mode(), file.modifiedNanos(), size, sha256);
    }

    private void count(int read) {
        bytes += read;
        if (bytes > CheckpointLimits.BYTES_MAX) {
            throw CheckpointTaking.misbehaves("sends more files than it announced");
        }
    }
}
