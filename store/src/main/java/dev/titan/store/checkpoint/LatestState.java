package dev.titan.store.checkpoint;

import dev.titan.store.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/**
 * As much of a task's newest checkpoint as tells whether its workspace has changed since.
 *
 * @param organisation with whom the task shares blobs
 * @param number of the checkpoint, from 1; 0 when there is none
 * @param fingerprint of the workspace then; empty when there is none
 */
public record LatestState(String organisation, int number, String fingerprint) {

    /** Reads the columns {@code organisation_id}, {@code number} and {@code fingerprint}, the latter two may be null. */
    public static LatestState of(ResultSet row) throws SQLException {
        return new LatestState(
                row.getString("organisation_id"),
                row.getInt("number"),
                Objects.requireNonNullElse(Columns.textOrNull(row, "fingerprint"), ""));
    }
}
