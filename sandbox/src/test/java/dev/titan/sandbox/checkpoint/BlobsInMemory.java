package dev.titan.sandbox.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Blobs of a test. */
public final class BlobsInMemory implements CheckpointBlobs {

    private final Map<String, byte[]> blobs = new HashMap<>();

    /** Returns how many there are. */
    public int count() {
        return blobs.size();
    }

    /** Replaces the content of a blob without changing its name. */
    public void corrupt(byte[] content, byte[] other) {
        blobs.put(ContentHash.of(content), other);
    }

    @Override
    public Set<String> missing(Set<String> sha256s) {
        return sha256s.stream().filter(sha256 -> !blobs.containsKey(sha256)).collect(Collectors.toSet());
    }

    @Override
    public void putAll(Map<String, byte[]> contents) {
        blobs.putAll(contents);
    }

    @Override
    public void put(String sha256, Path content) {
        try {
            blobs.put(sha256, Files.readAllBytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, byte[]> readAll(Collection<String> sha256s) {
        Map<String, byte[]> found = new HashMap<>();
        for (String sha256 : sha256s) {
            byte[] content = blobs.get(sha256);
            if (content != null) {
                found.put(sha256, content);
            }
        }
        return found;
    }

    @Override
    public Optional<InputStream> open(String sha256) {
        return Optional.ofNullable(blobs.get(sha256)).map(ByteArrayInputStream::new);
    }
}
