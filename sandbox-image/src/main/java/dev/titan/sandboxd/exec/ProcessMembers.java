package dev.titan.sandboxd.exec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Tells which processes belong to one command. A process belongs to it by its session; by the mark in its environment,
 * which survives setsid(2) and the death of its parent; by its parent, when that belongs to it; and, when it has shed all
 * of these, by having been orphaned since the command began while no other command runs.
 *
 * @param daemon the daemon, which adopts orphans
 * @param main the main process
 * @param mark the assignment in the environment of the command
 * @param anyMark the beginning of the assignment every command has
 * @param alone whether no other command runs
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record ProcessMembers(int daemon, ProcessEntry main, byte[] mark, byte[] anyMark, BooleanSupplier alone) {

    /** Picks its processes, those that have ended excepted, from the process table. */
    Set<Integer> in(List<ProcessEntry> table) {
        boolean claimsStrays = alone.getAsBoolean();
        Set<Integer> members = new HashSet<>();
        for (ProcessEntry process : table) {
            if (process.pid() == daemon) {
                continue;
            }
            if (process.session() == main.pid() || process.startedWith(mark) || (claimsStrays && isStray(process))) {
                members.add(process.pid());
            }
        }
        Descendants.addTo(members, table);
        table.stream().filter(ProcessEntry::zombie).map(ProcessEntry::pid).forEach(members::remove);
        return members;
    }

    private boolean isStray(ProcessEntry process) {
        return process.parent() == daemon && process.startTicks() >= main.startTicks() && !process.startedWith(anyMark);
    }
}
