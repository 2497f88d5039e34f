package dev.titan.sandboxd.exec;

import dev.titan.sandboxd.libc.LibC;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Kills processes together with what they start meanwhile: it stops all it sees, looks again until it sees no new one,
 * since a stopped process starts nothing, and only then kills them. A fork bomb loses this race because every round
 * stops all its members of the round before.
 */
final class TreeKill {

    /** Rounds after which what is seen is killed though new ones still appear; a bomb of 1,000 takes about ten. */
    private static final int ROUNDS_MAX = 100;

    private TreeKill() {}

    /** Kills the processes that {@code members} picks from the process table. */
    static void kill(Function<List<ProcessEntry>, Set<Integer>> members) {
        Set<Integer> stopped = new HashSet<>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Set<Integer> fresh = new HashSet<>(members.apply(ProcessEntry.all().toList()));
            fresh.removeAll(stopped);
            if (fresh.isEmpty()) {
                break;
            }
            fresh.forEach(pid -> LibC.kill(pid, LibC.SIGSTOP));
            stopped.addAll(fresh);
        }
        stopped.forEach(pid -> LibC.kill(pid, LibC.SIGKILL));
    }
}
