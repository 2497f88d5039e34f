package dev.titan.store.artifact;

import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.artifact.ArtifactId;
import dev.titan.contracts.artifact.ArtifactKind;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.PostgresText;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What tasks leave behind. The same name with the same content is one artifact of a task. Thread-safe. */
public final class ArtifactRepository {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BlobStore blobs;

    public ArtifactRepository(JdbcClient jdbc, TransactionTemplate transaction, BlobStore blobs) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.blobs = blobs;
    }

    /** Stores an artifact with its content, or returns the one that is there already. */
    public Artifact save(TaskId task, ArtifactKind kind, String name, String mediaType, byte[] content) {
        String storableName = PostgresText.storable(name);
        return transaction.execute(status -> {
            String sha256 = blobs.put(organisation(task), content);
            jdbc.sql("""
                            insert into artifacts (id, task_id, organisation_id, user_id, kind, name, media_type,
                                                   size_bytes, sha256)
                            select :id, id, organisation_id, user_id, :kind, :name, :mediaType, :size, :sha256
                            from tasks where id = :task
                            on conflict (task_id, name, sha256) do nothing
                            """)
                    .param("id", "art-" + UUID.randomUUID())
                    .param("task", task.value())
                    .param("kind", kind.wire())
                    .param("name", storableName)
                    .param("mediaType", mediaType)
                    .param("size", content.length)
                    .param("sha256", sha256)
                    .update();
            return jdbc.sql("select * from artifacts where task_id = :task and name = :name and sha256 = :sha256")
                    .param("task", task.value())
                    .param("name", storableName)
                    .param("sha256", sha256)
                    .query(ArtifactRepository::artifact)
                    .single();
        });
    }

    /** Returns the artifacts of a task in the order they were stored. */
    public List<Artifact> list(TaskId task) {
        return jdbc.sql("select * from artifacts where task_id = :task order by created_at, name")
                .param("task", task.value())
                .query(ArtifactRepository::artifact)
                .list();
    }

    /** Returns an artifact of a task. */
    public Optional<Artifact> find(TaskId task, ArtifactId id) {
        return jdbc.sql("select * from artifacts where task_id = :task and id = :id")
                .param("task", task.value())
                .param("id", id.value())
                .query(ArtifactRepository::artifact)
                .optional();
    }

    /** Opens the content of an artifact; empty when there is no such artifact, or it is an address. */
    public Optional<InputStream> open(TaskId task, ArtifactId id) {
        return jdbc.sql("""
                        select organisation_id, sha256 from artifacts
                        where task_id = :task and id = :id and sha256 is not null
                        """)
                .param("task", task.value())
                .param("id", id.value())
                .query((row, number) -> blobs.open(row.getString("organisation_id"), row.getString("sha256")))
                .optional()
                .flatMap(content -> content);
    }

    private String organisation(TaskId task) {
        return jdbc.sql("select organisation_id from tasks where id = :task")
                .param("task", task.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + task));
    }

    private static Artifact artifact(ResultSet row, int number) throws SQLException {
        return new Artifact(
                new ArtifactId(row.getString("id")),
                ArtifactKind.of(row.getString("kind")),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                Columns.textOrNull(row, "sha256"),
                Columns.textOrNull(row, "url"),
                Columns.instant(row, "created_at"));
    }
}
