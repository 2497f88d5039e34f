package dev.titan.store.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class SandboxRegistryIT {

    @Test
    void notesEachSandboxOnceAndItsEndOnce(StoreDatabase database) {
        SandboxRegistry registry = new SandboxRegistry(database.jdbc());
        TaskId task = TestTasks.accepted(database);
        var here = new SandboxRef(new SandboxId("sbx-here-1234"), "host-a", "docker", 1);
        var there = new SandboxRef(new SandboxId("sbx-there-1234"), "host-b", "local", 1);
        registry.register(task, here);
        registry.register(task, here);
        registry.register(task, there);

        assertThat(registry.of(task)).extracting(SandboxRow::sandbox).containsExactly(here, there);
        assertThat(registry.of(task)).allMatch(SandboxRow::active);

        registry.destroyed(here.id());
        registry.destroyed(here.id());

        assertThat(registry.of(task)).extracting(SandboxRow::active).containsExactly(false, true);
    }

    @Test
    void twoAttemptsMayNoteTheSameSandboxAtOnce(StoreDatabase database) {
        SandboxRegistry registry = new SandboxRegistry(database.jdbc());
        TaskId task = TestTasks.accepted(database);
        for (int i = 0; i < 100; i++) {
            var sandbox = new SandboxRef(new SandboxId("sbx-twice-%04d".formatted(i)), "host-e", "docker", 1);
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> registry.register(task, sandbox));
            registry.register(task, sandbox);
            first.join();
        }

        assertThat(registry.of(task)).hasSize(100).allMatch(SandboxRow::active);
    }

    @Test
    void tellsWhenATasksSandboxEnds(StoreDatabase database) {
        SandboxRegistry registry = new SandboxRegistry(database.jdbc());
        TaskId task = TestTasks.accepted(database);
        var sandbox = new SandboxRef(new SandboxId("sbx-brief-1234"), "host-c", "docker", 1);
        assertThat(registry.active(task)).isEmpty();
        registry.register(task, sandbox);
        Instant first = Instant.parse("2026-11-29T12:00:00Z");

        registry.renewed(sandbox.id(), first);
        registry.renewed(sandbox.id(), first.plusSeconds(30));

        assertThat(registry.active(task).orElseThrow().expiresAt()).isEqualTo(first.plusSeconds(30));
        registry.destroyed(sandbox.id());
        assertThat(registry.active(task)).isEmpty();
    }

    @Test
    void knowsWhichHostsAreThere(StoreDatabase database) {
        SandboxRegistry registry = new SandboxRegistry(database.jdbc());

        registry.seen("host-d", "local");
        registry.seen("host-d", "docker");

        assertThat(registry.hostsSeen(Instant.now().minusSeconds(60))).containsOnlyOnce("host-d");
        assertThat(registry.hostsSeen(Instant.now().plusSeconds(60))).isEmpty();
    }
}
