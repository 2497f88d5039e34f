package dev.titan.store.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.artifact.ArtifactKind;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class ArtifactRepositoryIT {

    private final StoreDatabase database;
    private final BlobStore blobs;
    private final ArtifactRepository artifacts;

    ArtifactRepositoryIT(StoreDatabase database) {
        this.database = database;
        this.blobs = new BlobStore(database.jdbc(), database.transaction());
        this.artifacts = new ArtifactRepository(database.jdbc(), database.transaction(), blobs);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                BlobStore.CHUNK_BYTES_MAX - 1,
                BlobStore.CHUNK_BYTES_MAX,
                BlobStore.CHUNK_BYTES_MAX + 1,
                3 * BlobStore.CHUNK_BYTES_MAX + 7
            })
    void bytesOfAnySizeComeBackAsTheyWere(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        String sha256 = blobs.put("org_default", bytes);
        assertThat(blobs.put("org_default", bytes)).isEqualTo(sha256);

        try (InputStream content = blobs.open("org_default", sha256).orElseThrow()) {
            assertThat(content.readAllBytes()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BlobStore.CHUNK_BYTES_MAX, 2 * BlobStore.CHUNK_BYTES_MAX + 7})
    void bytesThatComeAsAStreamAreCheckedAgainstTheirHash(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(-size).nextBytes(bytes);
        byte[] others = Arrays.copyOf(bytes, size + 1);
        String sha256 = blobs.put("org_other", bytes);

        assertThatThrownBy(() -> blobs.put("org_stream", sha256, size + 1, new ByteArrayInputStream(others)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(blobs.open("org_stream", sha256)).isEmpty();
        blobs.put("org_stream", sha256, size, new ByteArrayInputStream(bytes));
        blobs.put("org_stream", sha256, size, new ByteArrayInputStream(bytes));

        try (InputStream content = blobs.open("org_stream", sha256).orElseThrow()) {
            assertThat(content.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void manySmallBlobsTravelTogether() {
        byte[] one = "one".getBytes(UTF_8);
        byte[] two = "two".getBytes(UTF_8);
        String oneHash = blobs.put("org_many", one);
        String twoHash = blobs.put("org_elsewhere", two);

        assertThat(blobs.missing("org_many", Set.of(oneHash, twoHash))).containsExactly(twoHash);
        blobs.putAll("org_many", Map.of(oneHash, one, twoHash, two));

        assertThat(blobs.missing("org_many", Set.of(oneHash, twoHash))).isEmpty();
        assertThat(blobs.readAll("org_many", List.of(oneHash, twoHash, "0".repeat(64))))
                .containsOnly(entry(oneHash, one), entry(twoHash, two));
    }

    @Test
    void organisationsShareNothing() {
        String sha256 = blobs.put("org_one", "secret".getBytes(UTF_8));

        assertThat(blobs.open("org_other", sha256)).isEmpty();
    }

    @Test
    void theSameFileTwiceIsOneArtifactAndANewContentIsAnother() throws IOException {
        TaskId task = TestTasks.accepted(database);

        Artifact first = save(task, "src/app.js", "one");
        Artifact again = save(task, "src/app.js", "one");
        Artifact changed = save(task, "src/app.js", "two");
        Artifact odd = save(task, "nul\u0000.txt", "one");

        assertThat(again).isEqualTo(first);
        assertThat(odd.name()).isEqualTo("nul\uFFFD.txt");
        assertThat(artifacts.list(task)).containsExactly(first, changed, odd);
        assertThat(artifacts.find(task, changed.id())).contains(changed);
        try (InputStream content = artifacts.open(task, changed.id()).orElseThrow()) {
            assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo("two");
        }
    }

    @Test
    void anArtifactIsFoundOnlyUnderItsOwnTask() {
        TaskId task = TestTasks.accepted(database);
        TaskId other = TestTasks.accepted(database);
        Artifact artifact = save(task, "a.txt", "a");

        assertThat(artifacts.find(other, artifact.id())).isEmpty();
        assertThat(artifacts.open(other, artifact.id())).isEmpty();
        assertThat(artifacts.list(other)).isEmpty();
    }

    @Test
    void anUnknownTaskIsNamed() {
        TaskId nobody = TestTasks.newId();

        assertThatThrownBy(() -> save(nobody, "a.txt", "a")).hasMessage("no such task: " + nobody);
    }

    private Artifact save(TaskId task, String name, String content) {
        return artifacts.save(task, ArtifactKind.FILE, name, "text/plain", content.getBytes(UTF_8));
    }
}
