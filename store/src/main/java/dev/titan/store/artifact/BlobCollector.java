package dev.titan.store.artifact;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes blobs that no artifact, no checkpoint and no page of one refers to. Any number of processes may do it at once.
 *
 * <p>Somebody may be about to refer to a blob that he found there. He has noted that he uses it, and so it is out of reach for
 * {@link #GRACE}, less the hour for which a note is not repeated. Whoever notes it while it is being removed waits for that,
 * and then does not find it; and what he has locked is passed over here, so that nobody waits for anybody in a circle. A page
 * goes before its files do, so whoever finds a page finds its files.
 */
public final class BlobCollector {

    /** Longer than any checkpoint takes to be made, and than an outage in the middle of one is likely to last. */
    public static final Duration GRACE = Duration.ofHours(24);

    private final JdbcClient jdbc;

    public BlobCollector(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Looks at the blobs that were longest without use: removes those nobody needs, and looks at the others again a grace
     * time later.
     *
     * @param blobsMax how many to look at
     */
    public Collected collect(int blobsMax) {
        return jdbc.sql("""
                        with old as (
                            select organisation_id, sha256 from blobs
                            where used_at < now() - make_interval(secs => :grace)
                            order by used_at limit :max
                            for update skip locked
                        ), judged as (
                            select organisation_id, sha256,
                                   exists (select 1 from artifacts a
                                           where a.organisation_id = old.organisation_id and a.sha256 = old.sha256)
                                or exists (select 1 from checkpoints c
                                           where c.organisation_id = old.organisation_id
                                             and packed_hashes(c.pages) @> array[decode(old.sha256, 'hex')])
                                or exists (select 1 from checkpoint_pages p
                                           where p.organisation_id = old.organisation_id
                                             and packed_hashes(p.files) @> array[decode(old.sha256, 'hex')]) as needed
                            from old
                        ), kept as (
                            update blobs b set used_at = now() from judged j
                            where j.needed and b.organisation_id = j.organisation_id and b.sha256 = j.sha256
                            returning 1
                        ), removed as (
                            delete from blobs b using judged j
                            where not j.needed and b.organisation_id = j.organisation_id and b.sha256 = j.sha256
                            returning b.size_bytes
                        )
                        select (select count(*) from kept) as kept, count(*) as removed,
                               coalesce(sum(size_bytes), 0) as bytes from removed
                        """)
                .param("grace", GRACE.toSeconds())
                .param("max", blobsMax)
                .query((row, number) -> new Collected(row.getInt("kept"), row.getInt("removed"), row.getLong("bytes")))
                .single();
    }

    /**
     * What came of a look.
     *
     * @param kept blobs that are needed
     * @param removed blobs that were not
     * @param bytesRemoved their size
     */
    public record Collected(int kept, int removed, long bytesRemoved) {

        /** Returns how many blobs were looked at. */
        public int seen() {
            return kept + removed;
        }
    }
}
