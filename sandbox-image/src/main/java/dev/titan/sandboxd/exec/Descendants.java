package dev.titan.sandboxd.exec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Children, their children, and so on. */
final class Descendants {

    private Descendants() {}

    /** Adds to {@code members} all who descend from one of them. */
    static void addTo(Set<Integer> members, List<ProcessEntry> table) {
        boolean grew = true;
        while (grew) {
            grew = false;
            for (ProcessEntry process : table) {
                if (members.contains(process.parent())) {
                    grew |= members.add(process.pid());
                }
            }
        }
    }

    /** Returns all who descend from {@code ancestor} and have not ended. */
    static Set<Integer> of(int ancestor, List<ProcessEntry> table) {
        Set<Integer> members = new HashSet<>(Set.of(ancestor));
        addTo(members, table);
        members.remove(ancestor);
        table.stream().filter(ProcessEntry::zombie).map(ProcessEntry::pid).forEach(members::remove);
        return members;
    }
}
