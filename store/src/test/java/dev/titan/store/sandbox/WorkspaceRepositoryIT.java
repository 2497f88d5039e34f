package dev.titan.store.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.effect.EffectLedger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class WorkspaceRepositoryIT {

    private static final Duration AT_ONCE = Duration.ofMinutes(-1);
    private static final Duration LATER = Duration.ofHours(1);

    private final WorkspaceRepository workspaces;
    private final SandboxRegistry sandboxes;
    private final EffectLedger ledger;
    private final TaskId task;

    WorkspaceRepositoryIT(StoreDatabase database) {
        this.workspaces = new WorkspaceRepository(database.jdbc());
        this.sandboxes = new SandboxRegistry(database.jdbc());
        this.ledger = new EffectLedger(database.jdbc());
        this.task = TestTasks.accepted(database);
    }

    @Test
    void aGenerationIsRaisedOnceAndNeverLowered() {
        sandboxes.register(task, sandbox(1));
        assertThat(workspaces.use(task)).isEqualTo(new WorkspaceState(1, false, null));

        assertThat(workspaces.raise(task, 2, "the sandbox was lost")).isTrue();
        assertThat(workspaces.raise(task, 2, "again")).isTrue();
        assertThat(workspaces.raise(task, 1, "of the past")).isFalse();

        assertThat(workspaces.use(task)).isEqualTo(new WorkspaceState(2, false, "the sandbox was lost"));
        assertThat(sandboxes.of(task)).extracting(SandboxRow::active).containsExactly(false);
        assertThat(workspaces.current()).contains(new WorkspaceRepository.Current(task, 2));
        workspaces.clearNotice(task);
        assertThat(workspaces.use(task)).isEqualTo(new WorkspaceState(2, false, null));
    }

    @Test
    void oneCallWritesAtATimeUntilItHasAResult() {
        workspaces.use(task);
        begin(effect(1));
        begin(effect(2));

        assertThat(workspaces.enter(effect(1)).writes()).isTrue();
        assertThat(workspaces.enter(effect(1)).writes()).isTrue();
        assertThat(workspaces.enter(effect(2)).writes()).isFalse();

        ledger.complete(effect(1), "me", new ToolResult.Succeeded("done"));
        assertThat(workspaces.enter(effect(2)).writes()).isTrue();
    }

    @Test
    void aCallOfALostSandboxHoldsNobodyUp() {
        workspaces.use(task);
        begin(effect(1));
        begin(effect(2));
        workspaces.enter(effect(1));

        workspaces.raise(task, 2, "");

        assertThat(workspaces.enter(effect(2)).writes()).isTrue();
    }

    @Test
    void aSandboxHibernatesOnlyWhileNobodyUsesIt() {
        SandboxRef sandbox = sandbox(1);
        sandboxes.register(task, sandbox);
        workspaces.use(task);
        assertThat(workspaces.idle("host", AT_ONCE))
                .as("its files are not there yet")
                .extracting(SandboxRow::sandbox)
                .doesNotContain(sandbox);
        sandboxes.ready(sandbox);

        assertThat(workspaces.idle("host", LATER)).isEmpty();
        assertThat(workspaces.idle("elsewhere", AT_ONCE)).isEmpty();
        assertThat(workspaces.idle("host", AT_ONCE))
                .extracting(SandboxRow::sandbox)
                .contains(sandbox);

        begin(effect(1));
        assertThat(workspaces.idle("host", AT_ONCE))
                .extracting(SandboxRow::sandbox)
                .doesNotContain(sandbox);
        assertThat(workspaces.hibernate(task, sandbox, AT_ONCE)).isFalse();

        ledger.complete(effect(1), "me", new ToolResult.Succeeded("done"));
        assertThat(workspaces.hibernate(task, sandbox, LATER)).isFalse();
        assertThat(workspaces.hibernate(task, sandbox, AT_ONCE)).isTrue();
        assertThat(workspaces.hibernate(task, sandbox, AT_ONCE)).isFalse();
        assertThat(workspaces.use(task)).isEqualTo(new WorkspaceState(1, true, null));
        workspaces.raise(task, 2, "");
        assertThat(workspaces.use(task)).isEqualTo(new WorkspaceState(2, false, ""));
    }

    private void begin(EffectId effect) {
        ledger.claim(effect, EffectClass.SANDBOX, new ToolCall("shell", Map.of()), "me");
    }

    private EffectId effect(int turn) {
        return new EffectId(task, new StepId("build"), turn, 0);
    }

    private SandboxRef sandbox(int generation) {
        return new SandboxRef(
                new SandboxId("sbx-" + task.value().substring(5) + "-" + generation), "host", "local", generation);
    }
}
