package dev.titan.activities.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.activities.tool.DispatchFixture;
import dev.titan.activities.tool.LocalSandboxExtension;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.sandbox.SandboxLife;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.store.sandbox.SandboxRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rounds over a host's sandboxes, against a real PostgreSQL and real sandboxes. */
@ExtendWith(LocalSandboxExtension.class)
@Tag("bubblewrap")
@Tag("postgres")
class SandboxRoundsIT {

    private final DispatchFixture store = new DispatchFixture();
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void renewTheLeasesOfOpenTasksAndSayUntilWhen(SandboxHost host) {
        TaskId task = store.task(TaskRequest.of("use a sandbox"));
        SandboxSpec spec = create(host, task, SandboxLife.STANDARD);
        SandboxRounds rounds = rounds(host);
        Instant before = Instant.now();

        rounds.round();

        assertThat(store.sandboxes.active(task).orElseThrow().expiresAt())
                .isBetween(before.plus(Duration.ofMinutes(59)), Instant.now().plus(Duration.ofHours(1)));
        assertThat(store.sandboxes.hostsSeen(before)).contains(host.host().value());
        assertThat(new SandboxHostsActivityImpl(store.sandboxes, Clock.systemUTC()).sandboxHosts())
                .contains(host.host().value());
        host.provider().destroy(spec.id());
    }

    @Test
    void endWhatIsPastItsAge(SandboxHost host) {
        TaskId task = store.task(TaskRequest.of("use a sandbox"));
        SandboxSpec spec = create(host, task, new SandboxLife(Duration.ofMillis(1_500), Duration.ofMillis(1_500)));
        SandboxRounds rounds = rounds(host);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            rounds.round();
            return host.provider().list().isEmpty();
        });

        assertThat(store.sandboxes.of(task)).extracting(SandboxRow::active).containsExactly(false);
        assertThat(host.provider().list()).doesNotContain(spec.id());
    }

    @Test
    void endWhatBelongsToNoOpenTask(SandboxHost host) {
        TaskId open = store.task(TaskRequest.of("use a sandbox"));
        TaskId over = store.task(TaskRequest.of("use a sandbox"));
        SandboxSpec kept = create(host, open, SandboxLife.STANDARD);
        create(host, over, SandboxLife.STANDARD);
        store.tasks.requestCancel(over);

        rounds(host).round();

        assertThat(host.provider().list()).containsExactly(kept.id());
        host.provider().destroy(kept.id());
    }

    @Test
    void areMadeBySomebodyElseWhenNoneWasMadeOfLate(SandboxHost host) {
        SandboxRounds rounds = rounds(host);
        SandboxSweepActivityImpl sweep = new SandboxSweepActivityImpl(rounds);
        create(host, new TaskId("task-00000000-0000-7000-8000-000000000000"), SandboxLife.STANDARD);

        assertThat(sweep.sweepSandboxes()).as("somebody has just made one").isFalse();
        assertThat(host.provider().list()).hasSize(1);
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(sweep.sweepSandboxes()).isTrue();
        assertThat(host.provider().list()).isEmpty();
        assertThat(sweep.sweepSandboxes()).isFalse();
    }

    private SandboxRounds rounds(SandboxHost host) {
        return new SandboxRounds(host, store.sandboxes, store.workspaces, Duration.ofMinutes(1), nanos::get);
    }

    private SandboxSpec create(SandboxHost host, TaskId task, SandboxLife life) {
        SandboxSpec spec = new SandboxSpec(SandboxSpec.idFor(task), task, SandboxLimits.STANDARD, life);
        host.provider().create(spec);
        store.sandboxes.register(
                task,
                new SandboxRef(spec.id(), host.host().value(), host.provider().name(), 1));
        return spec;
    }
}
