package dev.titan.benchmarks.sandbox;

import dev.titan.sandbox.checkpoint.CheckpointBlobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that costs nothing, so that what is measured is the sandbox's part. For one thread. */
final class BlobsInMemory implements CheckpointBlobs {

    private final Map<String, byte[]> contents = new HashMap<>();

    @Override
    public Set<String> missing(Set<String> sha256s) {
        Set<String> missing = new HashSet<>(sha256s);
        missing.removeAll(contents.keySet());
        return missing;
    }

    @Override
    public void putAll(Map<String, byte[]> small) {
        contents.putAll(small);
    }

    @Override
    public void put(String sha256, Path content) {
        try {
            contents.put(sha256, Files.readAllBytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, byte[]> readAll(Collection<String> sha256s) {
        Map<String, byte[]> found = new HashMap<>();
        for (String sha256 : sha256s) {
            byte[] content = contents.get(sha256);
            if (content != null) {
                found.put(sha256, content);
            }
        }
        return found;
    }

    @Override
    public Optional<InputStream> open(String sha256) {
        return Optional.ofNullable(contents.get(sha256)).map(ByteArrayInputStream::new);
    }
}
