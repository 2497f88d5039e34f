package dev.titan.store.artifact;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bytes by their SHA-256, in rows of at most {@value #CHUNK_BYTES_MAX} bytes. The same content is stored once per
 * organisation; organisations share nothing, so that nobody learns what another one has. Thread-safe.
 */
public final class BlobStore {

    /** 1 MiB: large enough for few round trips, small enough that a reader never holds more than that. */
    public static final int CHUNK_BYTES_MAX = 1 << 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public BlobStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Stores the bytes, unless they are there already, and returns their SHA-256 in hexadecimal digits. */
    public String put(String organisationId, byte[] bytes) {
        String sha256 = sha256(bytes);
        transaction.executeWithoutResult(status -> {
            if (insertBlob(organisationId, sha256, bytes.length)) {
                insertChunks(organisationId, sha256, bytes);
            }
        });
        return sha256;
    }

    /** Opens a blob for reading; one chunk at a time is in memory. */
    public Optional<InputStream> open(String organisationId, String sha256) {
        return jdbc.sql("select size_bytes from blobs where organisation_id = :organisation and sha256 = :sha256")
                .param("organisation", organisationId)
                .param("sha256", sha256)
                .query(Long.class)
                .optional()
                .map(size -> new ChunkStream(index -> chunk(organisationId, sha256, index)));
    }

    private boolean insertBlob(String organisationId, String sha256, long size) {
        return jdbc.sql("""
                                insert into blobs (organisation_id, sha256, size_bytes)
                                values (:organisation, :sha256, :size) on conflict do nothing
                                """)
                        .param("organisation", organisationId)
                        .param("sha256", sha256)
                        .param("size", size)
                        .update()
                == 1;
    }

    private void insertChunks(String organisationId, String sha256, byte[] bytes) {
        for (int from = 0, index = 0; from < bytes.length; from += CHUNK_BYTES_MAX, index++) {
            jdbc.sql("""
                            insert into blob_chunks (organisation_id, sha256, index, bytes)
                            values (:organisation, :sha256, :index, :bytes)
                            """)
                    .param("organisation", organisationId)
                    .param("sha256", sha256)
                    .param("index", index)
                    .param("bytes", Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK_BYTES_MAX)))
                    .update();
        }
    }

    private Optional<byte[]> chunk(String organisationId, String sha256, int index) {
        return jdbc.sql("""
                        select bytes from blob_chunks
                        where organisation_id = :organisation and sha256 = :sha256 and index = :index
                        """)
                .param("organisation", organisationId)
                .param("sha256", sha256)
                .param("index", index)
                .query((row, number) -> row.getBytes("bytes"))
                .optional();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
