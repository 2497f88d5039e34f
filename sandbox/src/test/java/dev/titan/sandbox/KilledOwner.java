package dev.titan.sandbox;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/**
 * A process of its own that does all that a sandbox host does, as fast as it can, until somebody kills it: it makes
 * sandboxes ahead, claims them for tasks, runs commands in them, destroys them, ends what is past its age. It writes down
 * which task it began and which it ended, and takes up those that an earlier process began.
 */
final class KilledOwner {

    /** So short that what nobody renews is gone when the test looks. */
    static final SandboxLife LIFE = new SandboxLife(Duration.ofSeconds(6), Duration.ofMinutes(2));

    private static final PoolShape SHAPE = new PoolShape(SandboxLimits.STANDARD, LIFE);
    private static final int TASKS_AT_ONCE = 2;
    private static final int WAITING = 2;

    private final SandboxProvider provider;
    private final TitanHome home;

    private KilledOwner(SandboxProvider provider, TitanHome home) {
        this.provider = provider;
        this.home = home;
    }

    /** Arguments: provider, home, image or nothing. */
    public static void main(String[] arguments) throws IOException {
        TitanHome home = new TitanHome(Path.of(arguments[1]));
        SandboxProvider provider = CrashingOwner.provider(arguments[0], home, arguments[2]);
        KilledOwner owner = new KilledOwner(provider, home);
        Queue<TaskId> begun = new ArrayDeque<>(begun(home));
        Thread.ofPlatform().start(owner::lookAfter);
        for (int i = 0; i < TASKS_AT_ONCE; i++) {
            Thread.ofPlatform().start(() -> owner.work(begun));
        }
        System.out.println("begun");
    }

    /** Returns where tasks are written down. */
    static Path journalOf(TitanHome home) {
        return home.path().resolve("journal");
    }

    /** Returns the tasks that were begun and not ended. */
    static Set<TaskId> begun(TitanHome home) throws IOException {
        Set<TaskId> begun = new LinkedHashSet<>();
        if (Files.exists(journalOf(home))) {
            for (String line : Files.readAllLines(journalOf(home))) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "begin" -> begun.add(new TaskId(words[1]));
                    case "end" -> begun.remove(new TaskId(words[1]));
                    default -> {}
                }
            }
        }
        return begun;
    }

    private void work(Queue<TaskId> begun) {
        while (true) {
            TaskId task;
            synchronized (begun) {
                TaskId earlier = begun.poll();
                task = earlier == null ? new TaskId("task-" + UUID.randomUUID()) : earlier;
            }
            try {
                write("begin " + task);
                use(task);
                provider.destroy(SandboxSpec.idFor(task));
                write("end " + task);
            } catch (SandboxException e) {
                // A sandbox that ended while nobody lived to renew it; the task goes on with another one.
                write("trouble " + task + " " + e.getMessage());
            }
        }
    }

    /** A sandbox that was another task's would show that task's name. */
    private void use(TaskId task) {
        SandboxSpec spec = new SandboxSpec(SandboxSpec.idFor(task), task, SandboxLimits.STANDARD, LIFE);
        Workspace workspace = provider.create(spec);
        ExecResult result = workspace.exec(
                new EffectId(task, new StepId("s1"), 1, 0),
                ExecCommand.bash("cat owner 2>/dev/null; echo %s > owner".formatted(task), Duration.ofSeconds(20)),
                Workspace.OutputListener.IGNORE);
        write("used %s %s".formatted(task, result.output().head().strip()));
    }

    private void lookAfter() {
        WarmSandboxes pool = provider.pool().orElseThrow();
        SandboxLeases leases = new SandboxLeases(provider);
        while (true) {
            try {
                leases.endExpired();
                Set<SandboxId> wanted = new HashSet<>();
                begun(home).forEach(task -> wanted.add(SandboxSpec.idFor(task)));
                leases.reclaim(() -> wanted::contains);
                leases.renewAll();
                if (pool.tend(SHAPE) < WAITING) {
                    pool.add(SHAPE);
                }
            } catch (SandboxException e) {
                write("trouble pool " + e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void write(String line) {
        try {
            Files.writeString(journalOf(home), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
