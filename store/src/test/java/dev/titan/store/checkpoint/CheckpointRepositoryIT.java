package dev.titan.store.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.effect.Coverage;
import dev.titan.store.effect.EffectLedger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class CheckpointRepositoryIT {

    private final StoreDatabase database;
    private final CheckpointRepository checkpoints;

    CheckpointRepositoryIT(StoreDatabase database) {
        this.database = database;
        this.checkpoints = new CheckpointRepository(database.jdbc());
    }

    @Test
    void theNewestOfATaskIsFoundWithAllItHolds() {
        TaskId task = TestTasks.accepted(database);
        TaskId other = TestTasks.accepted(database);
        Manifest first = new Manifest("f1", List.of("ab".repeat(32)), 1, 10);
        Manifest second = new Manifest("f2", List.of("ab".repeat(32), "0f".repeat(32)), 3, 1L << 33);

        assertThat(checkpoints.newest(task)).isEmpty();
        assertThat(checkpoints.latest(task)).isEqualTo(new LatestState("org_default", 0, ""));
        assertThat(checkpoints.save(task, 1, first, null)).isEqualTo(1);
        assertThat(checkpoints.save(other, 1, first, null)).isEqualTo(1);
        assertThat(checkpoints.save(task, 2, second, effect(task, 7))).isEqualTo(2);

        assertThat(checkpoints.newest(task)).hasValueSatisfying(newest -> {
            assertThat(newest.number()).isEqualTo(2);
            assertThat(newest.generation()).isEqualTo(2);
            assertThat(newest.manifest()).isEqualTo(second);
            assertThat(newest.effect()).isEqualTo("build/7/0");
        });
        assertThat(checkpoints.latest(task)).isEqualTo(new LatestState("org_default", 2, "f2"));
    }

    @Test
    void countsTheCallsThatNoCheckpointHolds() {
        TaskId task = TestTasks.accepted(database);
        int number = checkpoints.save(task, 1, new Manifest("f", List.of(), 0, 0), effect(task, 1));

        done(effect(task, 1), EffectClass.SANDBOX, new Coverage.ByCheckpoint(number));
        done(effect(task, 2), EffectClass.SANDBOX, new Coverage.None());
        done(effect(task, 3), EffectClass.SANDBOX, new Coverage.Beyond());
        done(effect(task, 4), EffectClass.PURE, new Coverage.None());

        assertThat(checkpoints.uncovered(task)).isEqualTo(2);
    }

    private void done(EffectId effect, EffectClass effectClass, Coverage coverage) {
        EffectLedger ledger = new EffectLedger(database.jdbc());
        ledger.claim(effect, effectClass, new ToolCall("shell", Map.of()), "me");
        ledger.complete(effect, "me", new ToolResult.Succeeded("done"), coverage);
    }

    private static EffectId effect(TaskId task, int turn) {
        return new EffectId(task, new StepId("build"), turn, 0);
    }
}
