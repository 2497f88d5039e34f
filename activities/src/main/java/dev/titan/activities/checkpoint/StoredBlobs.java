package dev.titan.activities.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointBlobs;
import dev.titan.store.artifact.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The blobs of one organisation.
 *
 * @param blobs where they are
 * @param organisation whose
 */
record StoredBlobs(BlobStore blobs, String organisation) implements CheckpointBlobs {

    @Override
    public Set<String> missing(Set<String> sha256s) {
        return blobs.missing(organisation, sha256s);
    }

    @Override
    public Set<String> missingPages(Set<String> sha256s) {
        return blobs.missingPages(organisation, sha256s);
    }

    @Override
    public void putPage(String sha256, byte[] page, Set<String> files) {
        blobs.putPage(organisation, sha256, page, files);
    }

    @Override
    public void putAll(Map<String, byte[]> contents) {
        blobs.putAll(organisation, contents);
    }

    @Override
    public void put(String sha256, Path content) {
        try (InputStream bytes = Files.newInputStream(content)) {
            blobs.put(organisation, sha256, Files.size(content), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a large file is gone on its way to the store", e);
        }
    }

    @Override
    public Map<String, byte[]> readAll(Collection<String> sha256s) {
        return blobs.readAll(organisation, sha256s);
    }

    @Override
    public Optional<InputStream> open(String sha256) {
        return blobs.open(organisation, sha256);
    }
}
