package dev.titan.store.checkpoint;

import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.store.postgres.Columns;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The checkpoints of every task. A task's writers queue at its row, so whoever saves holds its lock: numbers are dense.
 * All methods join the caller's transaction. Thread-safe.
 */
public final class CheckpointRepository {

    private static final int SHA256_BYTES = 32;

    private final JdbcClient jdbc;

    public CheckpointRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Saves a checkpoint whose blobs are stored and returns its number. The caller holds the lock of the task's row.
     *
     * @param effect the call it was stored behind; absent for the one before any call
     */
    public int save(TaskId task, int generation, Manifest manifest, @Nullable EffectId effect) {
        return jdbc.sql("""
                        insert into checkpoints (task_id, number, organisation_id, user_id, generation, fingerprint, pages,
                                                 entries, size_bytes, effect)
                        select t.id, coalesce((select max(number) from checkpoints where task_id = t.id), 0) + 1,
                               organisation_id, user_id, :generation, :fingerprint, :pages, :entries, :bytes, :effect
                        from tasks t where t.id = :task
                        returning number
                        """)
                .param("task", task.value())
                .param("generation", generation)
                .param("fingerprint", manifest.fingerprint())
                .param("pages", packed(manifest.pages()))
                .param("entries", manifest.entries())
                .param("bytes", manifest.bytes())
                .param("effect", effect == null ? null : effect.withinTask())
                .query(Integer.class)
                .single();
    }

    /** Returns what a look at the workspace is compared with. An unknown task is an {@link IllegalArgumentException}. */
    public LatestState latest(TaskId task) {
        return jdbc.sql("""
                        select t.organisation_id, c.number, c.fingerprint from tasks t left join lateral (
                            select number, fingerprint from checkpoints where task_id = t.id order by number desc limit 1
                        ) c on true
                        where t.id = :task
                        """)
                .param("task", task.value())
                .query((row, number) -> LatestState.of(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + task));
    }

    /** Returns the checkpoint from which a lost sandbox is rebuilt. */
    public Optional<StoredCheckpoint> newest(TaskId task) {
        return jdbc.sql("select * from checkpoints where task_id = :task order by number desc limit 1")
                .param("task", task.value())
                .query(CheckpointRepository::checkpoint)
                .optional();
    }

    /** Returns how many calls of a task have changed its sandbox, are done, and are held by no checkpoint. */
    public int uncovered(TaskId task) {
        return jdbc.sql("""
                        select count(*) from effects
                        where task_id = :task and effect_class = 'sandbox' and result is not null and checkpoint is null
                        """).param("task", task.value()).query(Integer.class).single();
    }

    private static StoredCheckpoint checkpoint(ResultSet row, int index) throws SQLException {
        return new StoredCheckpoint(
                new TaskId(row.getString("task_id")),
                row.getString("organisation_id"),
                row.getInt("number"),
                row.getInt("generation"),
                new Manifest(
                        row.getString("fingerprint"),
                        unpacked(row.getBytes("pages")),
                        row.getInt("entries"),
                        row.getLong("size_bytes")),
                Columns.textOrNull(row, "effect"),
                Columns.instant(row, "created_at"));
    }

    private static byte[] packed(List<String> pages) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(pages.size() * SHA256_BYTES);
        pages.forEach(page -> packed.writeBytes(HexFormat.of().parseHex(page)));
        return packed.toByteArray();
    }

    private static List<String> unpacked(byte[] packed) {
        List<String> pages = new ArrayList<>();
        for (int at = 0; at < packed.length; at += SHA256_BYTES) {
            pages.add(HexFormat.of().formatHex(packed, at, at + SHA256_BYTES));
        }
        return pages;
    }
}
