package dev.titan.sandboxd.exec;

import dev.titan.sandboxd.libc.LibC;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Kills processes together with what they start meanwhile: it stops all it sees, looks again until it sees no new one,
 * since a stopped process starts nothing, and only then kills them; and it goes on until it sees none at all. A fork bomb
 * loses this race because every round stops all its members of the round before.
 */
final class TreeKill {

    /** Rounds after which it gives up, which takes a process that cannot die, such as one stuck in a broken device. */
    private static final int ROUNDS_MAX = 1_000;

    /** What the kernel needs to take a killed process down. */
    private static final Duration DYING = Duration.ofMillis(1);

    private TreeKill() {}

    /** Kills the processes that {@code members} picks from the process table. */
    static void kill(Function<List<ProcessEntry>, Set<Integer>> members) {
        Set<Integer> stopped = new HashSet<>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Set<Integer> seen = members.apply(ProcessEntry.all().toList());
            if (seen.isEmpty()) {
                return;
            }
            List<Integer> fresh = seen.stream().filter(stopped::add).toList();
            fresh.forEach(pid -> LibC.kill(pid, LibC.SIGSTOP));
            if (fresh.isEmpty()) {
                seen.forEach(pid -> LibC.kill(pid, LibC.SIGKILL));
                LockSupport.parkNanos(DYING.toNanos());
            }
        }
    }
}
