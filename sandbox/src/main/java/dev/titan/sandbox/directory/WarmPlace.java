package dev.titan.sandbox.directory;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.WarmId;
import java.util.Comparator;

/**
 * A sandbox that waits in the pool.
 *
 * @param record what is written about it
 * @param isOffered whether it can be claimed; until its daemon answers, and once it is withdrawn, it cannot
 */
public record WarmPlace(SandboxRecord record, boolean isOffered) implements Comparable<WarmPlace> {

    public SandboxId id() {
        return record.madeAs();
    }

    /** Returns its id, taken apart. */
    public WarmId warm() {
        return WarmId.of(id()).orElseThrow(() -> new IllegalStateException("not of the pool: " + id()));
    }

    /** Orders by age. */
    @Override
    public int compareTo(WarmPlace other) {
        return Comparator.comparing((WarmPlace place) -> place.record.createdAt())
                .thenComparing(place -> place.id().value())
                .compare(this, other);
    }
}
