package dev.titan.store.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.artifact.ArtifactKind;
import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.artifact.BlobCollector.Collected;
import dev.titan.store.checkpoint.CheckpointRepository;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class BlobCollectorIT {

    private static final String ORGANISATION = "org_default";
    private static final int ALL = 1_000;

    /** The common pool has one thread on two processors. */
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    private final StoreDatabase database;
    private final BlobStore blobs;
    private final BlobCollector collector;
    private final ArtifactRepository artifacts;
    private final CheckpointRepository checkpoints;

    BlobCollectorIT(StoreDatabase database) {
        this.database = database;
        this.blobs = new BlobStore(database.jdbc(), database.transaction());
        this.collector = new BlobCollector(database.jdbc());
        this.artifacts = new ArtifactRepository(database.jdbc(), database.transaction(), blobs);
        this.checkpoints = new CheckpointRepository(database.jdbc());
    }

    @BeforeEach
    void forgetEverything() {
        database.jdbc().sql("delete from tasks").update();
        database.jdbc().sql("delete from blobs").update();
    }

    @Test
    void whatNobodyRefersToGoesWithItsBytes() {
        blobs.put(ORGANISATION, new byte[3 * BlobStore.CHUNK_BYTES_MAX]);
        blobs.put("org_other", "two".getBytes(UTF_8));
        aDayPasses();

        assertThat(collector.collect(ALL)).isEqualTo(new Collected(0, 2, 3L * BlobStore.CHUNK_BYTES_MAX + 3));
        assertThat(count("blobs")).isZero();
        assertThat(count("blob_chunks")).isZero();
    }

    @Test
    void whatAnArtifactOrACheckpointRefersToStaysUntilTheTaskGoes() {
        TaskId task = TestTasks.accepted(database);
        artifacts.save(task, ArtifactKind.FILE, "a.txt", "text/plain", "artifact".getBytes(UTF_8));
        String file = blobs.put(ORGANISATION, "file".getBytes(UTF_8));
        String page = page(Set.of(file));
        checkpoints.save(task, 1, new Manifest("f", List.of(page(Set.of()), page), 1, 4), null);
        aDayPasses();

        assertThat(collector.collect(ALL)).isEqualTo(new Collected(4, 0, 0));
        assertThat(collector.collect(ALL)).as("they are looked at once a day").isEqualTo(new Collected(0, 0, 0));

        database.jdbc().sql("delete from tasks").update();
        aDayPasses();
        assertThat(collector.collect(ALL).removed()).isEqualTo(3);
        assertThat(blobs.missing(ORGANISATION, Set.of(file)))
                .as("a file outlives the page that names it, never the other way round")
                .isEmpty();
        aDayPasses();
        assertThat(collector.collect(ALL).removed()).isEqualTo(1);
        assertThat(count("blobs")).isZero();
    }

    @Test
    void aFileOfTwoPagesStaysWithTheLaterOne() {
        TaskId task = TestTasks.accepted(database);
        String file = blobs.put(ORGANISATION, "file".getBytes(UTF_8));
        String superseded = page(Set.of(file));
        String page = page(Set.of(file));
        checkpoints.save(task, 1, new Manifest("f", List.of(page), 1, 4), null);
        aDayPasses();
        collector.collect(ALL);
        aDayPasses();
        collector.collect(ALL);

        assertThat(blobs.missing(ORGANISATION, Set.of(file, superseded, page))).containsExactly(superseded);
    }

    @Test
    void whatWasUsedWithinADayStays() {
        String asked = blobs.put(ORGANISATION, "asked".getBytes(UTF_8));
        String again = blobs.put(ORGANISATION, "again".getBytes(UTF_8));
        String small = blobs.put(ORGANISATION, "small".getBytes(UTF_8));
        String unused = blobs.put(ORGANISATION, "unused".getBytes(UTF_8));
        aDayPasses();

        assertThat(blobs.missing(ORGANISATION, Set.of(asked))).isEmpty();
        blobs.put(ORGANISATION, "again".getBytes(UTF_8));
        blobs.putAll(ORGANISATION, Map.of(small, "small".getBytes(UTF_8)));

        assertThat(collector.collect(ALL)).isEqualTo(new Collected(0, 1, 6));
        assertThat(blobs.missing(ORGANISATION, Set.of(asked, again, small, unused)))
                .containsExactly(unused);
        assertThat(blobs.readAll(ORGANISATION, Set.of(asked, again, small))).hasSize(3);
    }

    @Test
    void looksAtAFewAtATimeTheLongestUnusedFirst() {
        String first = blobs.put(ORGANISATION, "first".getBytes(UTF_8));
        aDayPasses();
        blobs.put(ORGANISATION, "second".getBytes(UTF_8));
        aDayPasses();

        assertThat(collector.collect(1)).isEqualTo(new Collected(0, 1, 5));
        assertThat(blobs.missing(ORGANISATION, Set.of(first))).containsExactly(first);
    }

    /** What another program's file happens to hold is no page: nobody has stored its files. */
    @Test
    void aFileWithTheBytesOfAPageIsNoPage() {
        byte[] bytes = "a page".getBytes(UTF_8);
        String sha256 = blobs.put(ORGANISATION, bytes);

        assertThat(blobs.missing(ORGANISATION, Set.of(sha256))).isEmpty();
        assertThat(blobs.missingPages(ORGANISATION, Set.of(sha256))).containsExactly(sha256);

        blobs.putPage(ORGANISATION, sha256, bytes, Set.of());
        assertThat(blobs.missingPages(ORGANISATION, Set.of(sha256))).isEmpty();
    }

    @Test
    void whoeverWantsWhatIsBeingRemovedWaitsAndDoesNotFindIt() throws Exception {
        String asked = blobs.put(ORGANISATION, "asked".getBytes(UTF_8));
        String stored = blobs.put(ORGANISATION, "stored".getBytes(UTF_8));
        aDayPasses();
        CountDownLatch removed = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        AtomicInteger removedBlobs = new AtomicInteger();
        CompletableFuture<Void> collecting = inTransaction(() -> {
            removedBlobs.set(collector.collect(ALL).removed());
            removed.countDown();
            commit.await();
        });
        removed.await();

        CompletableFuture<Set<String>> asking =
                CompletableFuture.supplyAsync(() -> blobs.missing(ORGANISATION, Set.of(asked)), threads);
        CompletableFuture<String> storing =
                CompletableFuture.supplyAsync(() -> blobs.put(ORGANISATION, "stored".getBytes(UTF_8)), threads);
        try {
            await().until(() -> waiting() == 2);
        } finally {
            commit.countDown();
        }

        collecting.join();
        assertThat(removedBlobs.get()).isEqualTo(2);
        assertThat(asking.join()).containsExactly(asked);
        assertThat(storing.join()).isEqualTo(stored);
        assertThat(blobs.readAll(ORGANISATION, Set.of(stored)))
                .as("stored anew")
                .containsKey(stored);
    }

    @Test
    void whatSomebodyAsksForAtTheMomentIsPassedOver() throws Exception {
        String sha256 = blobs.put(ORGANISATION, "wanted".getBytes(UTF_8));
        aDayPasses();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> asking = inTransaction(() -> {
            blobs.missing(ORGANISATION, Set.of(sha256));
            asked.countDown();
            commit.await();
        });
        asked.await();

        try {
            assertThat(collector.collect(ALL)).isEqualTo(new Collected(0, 0, 0));
        } finally {
            commit.countDown();
        }
        asking.join();
        assertThat(collector.collect(ALL)).isEqualTo(new Collected(0, 0, 0));
        aDayPasses();
        assertThat(collector.collect(ALL).removed()).as("the control").isEqualTo(1);
    }

    private String page(Set<String> files) {
        String sha256 = UUID.randomUUID().toString().replace("-", "").repeat(2);
        blobs.putPage(ORGANISATION, sha256, "page".getBytes(UTF_8), files);
        return sha256;
    }

    private void aDayPasses() {
        database.jdbc()
                .sql("update blobs set used_at = used_at - interval '25 hours'")
                .update();
    }

    private int count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    private int waiting() {
        return database.jdbc()
                .sql(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .query(Integer.class)
                .single();
    }

    private CompletableFuture<Void> inTransaction(Work work) {
        return CompletableFuture.runAsync(
                () -> database.transaction().executeWithoutResult(status -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }),
                threads);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }
}
