package dev.titan.sandbox;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints how long sandboxes take, for people: from the request to the first output, with and without a pool, and to the
 * removal. Arguments: provider, home, rounds. Run on a quiet machine.
 */
final class SandboxTimes {

    private final SandboxProvider provider;
    private final int rounds;

    private SandboxTimes(SandboxProvider provider, int rounds) {
        this.provider = provider;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) {
        TitanHome home = new TitanHome(Path.of(arguments[1]));
        try (SandboxProvider provider = CrashingOwner.provider(arguments[0], home, "")) {
            new SandboxTimes(provider, Integer.parseInt(arguments[2])).print();
        }
    }

    private void print() {
        provider.prepare(System.out::println);
        round();
        List<SandboxId> made = new ArrayList<>();
        List<Long> cold = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            cold.add(firstOutput(made));
        }
        show("cold create -> first output", cold);
        List<Long> destroyed = destroy(made);
        WarmSandboxes pool = provider.pool().orElseThrow();
        List<Long> adds = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            pool.add(PoolShape.STANDARD);
            adds.add(System.nanoTime() - begin);
        }
        show("add to the pool", adds);
        System.out.printf("waiting: %d%n", pool.tend(PoolShape.STANDARD));
        List<Long> creates = new ArrayList<>();
        List<Long> warm = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            TaskId task = new TaskId("task-" + UUID.randomUUID());
            long begin = System.nanoTime();
            Workspace workspace = provider.create(SandboxSpec.standard(task));
            creates.add(System.nanoTime() - begin);
            exec(task, workspace, 1);
            warm.add(System.nanoTime() - begin);
            long again = System.nanoTime();
            exec(task, workspace, 2);
            second.add(System.nanoTime() - again);
            made.add(SandboxSpec.idFor(task));
        }
        show("warm claim", creates);
        show("warm claim -> first output", warm);
        show("second command", second);
        destroyed.addAll(destroy(made));
        show("destroy", destroyed);
    }

    private void round() {
        List<SandboxId> made = new ArrayList<>();
        firstOutput(made);
        destroy(made);
    }

    private long firstOutput(List<SandboxId> made) {
        TaskId task = new TaskId("task-" + UUID.randomUUID());
        long begin = System.nanoTime();
        long first = exec(task, provider.create(SandboxSpec.standard(task)), 1);
        made.add(SandboxSpec.idFor(task));
        return first - begin;
    }

    private static long exec(TaskId task, Workspace workspace, int turn) {
        AtomicLong first = new AtomicLong();
        workspace.exec(
                new EffectId(task, new StepId("s1"), turn, 0),
                ExecCommand.bash("echo hello", Duration.ofSeconds(20)),
                chunk -> {
                    if (chunk.length > 0) {
                        first.compareAndSet(0, System.nanoTime());
                    }
                });
        return first.get();
    }

    private List<Long> destroy(List<SandboxId> ids) {
        List<Long> times = new ArrayList<>();
        for (SandboxId id : ids) {
            long begin = System.nanoTime();
            provider.destroy(id);
            times.add(System.nanoTime() - begin);
        }
        ids.clear();
        return times;
    }

    private static void show(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "%-30s n=%d min %.1f p50 %.1f p95 %.1f max %.1f ms%n",
                what,
                sorted.size(),
                sorted.getFirst() / 1e6,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get((int) (sorted.size() * 0.95)) / 1e6,
                sorted.getLast() / 1e6);
    }
}
