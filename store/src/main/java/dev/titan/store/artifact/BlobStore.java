package dev.titan.store.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bytes by their SHA-256, in rows of at most {@value #CHUNK_BYTES_MAX} bytes. The same content is stored once per
 * organisation; organisations share nothing, so that nobody learns what another one has. A blob that was asked for or stored
 * stays for {@link BlobCollector#GRACE}, also when nothing refers to it yet. Thread-safe.
 */
public final class BlobStore {

    /** 1 MiB: large enough for few round trips, small enough that a reader never holds more than that. */
    public static final int CHUNK_BYTES_MAX = 1 << 20;

    /**
     * Notes the use of a blob that is there already, once an hour at most. It locks the row, so the collector passes it over;
     * a row that was not there has no {@code xmax}.
     */
    private static final String USED_AGAIN = """
            on conflict (organisation_id, sha256) do update set used_at = now()
            where blobs.used_at < now() - interval '1 hour'""";

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

    /**
     * Stores bytes as they come, unless they are there already; one chunk at a time is in memory.
     *
     * @param sha256 their hash
     * @throws IllegalArgumentException when it is not: nothing was stored
     */
    public void put(String organisationId, String sha256, long size, InputStream bytes) {
        transaction.executeWithoutResult(status -> {
            if (insertBlob(organisationId, sha256, size)) {
                MessageDigest digest = digest();
                long stored = 0;
                byte[] chunk = next(bytes);
                for (int index = 0; chunk.length > 0; index++, chunk = next(bytes)) {
                    digest.update(chunk);
                    insertChunk(organisationId, sha256, index, chunk);
                    stored += chunk.length;
                }
                if (stored != size || !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                    throw new IllegalArgumentException("these are not the %d bytes of %s".formatted(size, sha256));
                }
            }
        });
    }

    /** Stores many small blobs, of one chunk each, in one statement; the keys are their hashes. */
    public void putAll(String organisationId, Map<String, byte[]> blobs) {
        if (blobs.isEmpty()) {
            return;
        }
        List<String> hashes = List.copyOf(blobs.keySet());
        jdbc.sql("""
                        with given as (
                            select sha256, bytes
                            from unnest(cast(:hashes as text[]), cast(:contents as bytea[])) as g(sha256, bytes)
                        ), fresh as (
                            insert into blobs (organisation_id, sha256, size_bytes)
                            select :organisation, sha256, octet_length(bytes) from given order by sha256
                            %s returning sha256, xmax = 0 as inserted
                        )
                        insert into blob_chunks (organisation_id, sha256, index, bytes)
                        select :organisation, sha256, 0, bytes from given join fresh using (sha256)
                        where inserted and octet_length(bytes) > 0
                        """.formatted(USED_AGAIN))
                .param("organisation", organisationId)
                .param("hashes", hashes.toArray(String[]::new))
                .param("contents", hashes.stream().map(blobs::get).toArray(byte[][]::new))
                .update();
    }

    /**
     * Stores a page of a manifest.
     *
     * @param files the hashes of the files it names, which are stored
     */
    public void putPage(String organisationId, String sha256, byte[] page, Set<String> files) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        files.forEach(file -> packed.writeBytes(HexFormat.of().parseHex(file)));
        transaction.executeWithoutResult(status -> {
            putAll(organisationId, Map.of(sha256, page));
            jdbc.sql("""
                            insert into checkpoint_pages (organisation_id, sha256, files)
                            values (:organisation, :sha256, :files) on conflict do nothing
                            """)
                    .param("organisation", organisationId)
                    .param("sha256", sha256)
                    .param("files", packed.toByteArray())
                    .update();
        });
    }

    /** Returns those of the hashes that are not stored; the others stay for as long as new ones would. */
    public Set<String> missing(String organisationId, Set<String> hashes) {
        return missing("blobs", organisationId, hashes);
    }

    /** Returns those of the hashes that are not stored as pages; the others stay, with their files. */
    public Set<String> missingPages(String organisationId, Set<String> hashes) {
        return missing("checkpoint_pages", organisationId, hashes);
    }

    /**
     * First the use is noted and then the answer is read, in two statements: where the collector is just removing what is asked
     * for, the first waits for it, and the second sees what is left.
     */
    private Set<String> missing(String table, String organisationId, Set<String> hashes) {
        String[] asked = hashes.toArray(String[]::new);
        jdbc.sql("""
                        update blobs set used_at = now()
                        from (select sha256 from blobs
                              where organisation_id = :organisation and sha256 = any (cast(:hashes as text[]))
                                and used_at < now() - interval '1 hour'
                              order by sha256 for no key update) as unused
                        where organisation_id = :organisation and blobs.sha256 = unused.sha256
                        """)
                .param("organisation", organisationId)
                .param("hashes", asked)
                .update();
        return new HashSet<>(jdbc.sql("""
                        select sha256 from unnest(cast(:hashes as text[])) as asked(sha256)
                        where not exists (select 1 from %s b
                                          where b.organisation_id = :organisation and b.sha256 = asked.sha256)
                        """.formatted(table))
                .param("organisation", organisationId)
                .param("hashes", asked)
                .query(String.class)
                .list());
    }

    /** Returns those of the blobs that are stored, the first chunk of each: all of a small one. */
    public Map<String, byte[]> readAll(String organisationId, Collection<String> hashes) {
        Map<String, byte[]> found = new HashMap<>();
        jdbc.sql("""
                        select sha256, bytes from blob_chunks
                        where organisation_id = :organisation and index = 0 and sha256 = any (cast(:hashes as text[]))
                        """)
                .param("organisation", organisationId)
                .param("hashes", hashes.toArray(String[]::new))
                .query((RowCallbackHandler) row -> found.put(row.getString("sha256"), row.getBytes("bytes")));
        return found;
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

    /** Returns whether it was not there. */
    private boolean insertBlob(String organisationId, String sha256, long size) {
        return jdbc.sql("""
                        insert into blobs (organisation_id, sha256, size_bytes)
                        values (:organisation, :sha256, :size)
                        %s returning xmax = 0
                        """.formatted(USED_AGAIN))
                .param("organisation", organisationId)
                .param("sha256", sha256)
                .param("size", size)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void insertChunks(String organisationId, String sha256, byte[] bytes) {
        for (int from = 0, index = 0; from < bytes.length; from += CHUNK_BYTES_MAX, index++) {
            int to = Math.min(bytes.length, from + CHUNK_BYTES_MAX);
            insertChunk(organisationId, sha256, index, Arrays.copyOfRange(bytes, from, to));
        }
    }

    private void insertChunk(String organisationId, String sha256, int index, byte[] bytes) {
        jdbc.sql("""
                        insert into blob_chunks (organisation_id, sha256, index, bytes)
                        values (:organisation, :sha256, :index, :bytes)
                        """)
                .param("organisation", organisationId)
                .param("sha256", sha256)
                .param("index", index)
                .param("bytes", bytes)
                .update();
    }

    private static byte[] next(InputStream bytes) {
        try {
            return bytes.readNBytes(CHUNK_BYTES_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of a blob cannot be read", e);
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
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
