package dev.titan.testing.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointBlobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store of a test or a measurement: it costs nothing, so that what is seen is the sandbox's part. For one thread. */
public final class BlobsInMemory implements CheckpointBlobs {

    private final Map<String, byte[]> blobs = new HashMap<>();

    /** Returns how many there are. */
    public int count() {
        return blobs.size();
    }

    /** Replaces the content of a blob without changing its name. */
    public void corrupt(byte[] content, byte[] other) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
            blobs.put(HexFormat.of().formatHex(sha256), other);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Set<String> missing(Set<String> sha256s) {
        Set<String> missing = new HashSet<>(sha256s);
        missing.removeAll(blobs.keySet());
        return missing;
    }

    @Override
    public Set<String> missingPages(Set<String> sha256s) {
        return missing(sha256s);
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
    public void putPage(String sha256, byte[] page, Set<String> files) {
        blobs.put(sha256, page);
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
