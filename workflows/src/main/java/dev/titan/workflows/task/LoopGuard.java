package dev.titan.workflows.task;

import dev.titan.contracts.task.TaskProgress.Repetition;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.ToolCallReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notices that the same call with the same arguments gives the same result again and again, and escalates. */
final class LoopGuard {

    /** Twice is a check, three times is a habit. */
    private static final int NUDGE_AT = 3;

    private static final int END_STEP_AT = 5;
    private static final int GIVE_UP_AT = 7;

    /** A loop longer than this many different calls ends by the task's step limit. */
    private static final int REMEMBERED_MAX = 64;

    /** What to do now. */
    enum Advice {
        GO_ON,
        NUDGE,
        END_STEP,
        GIVE_UP
    }

    private record Seen(String argumentsHash, String resultHash) {}

    /** What a run hands to the next: a loop is of few calls, and the argument of a run has to stay small. */
    private static final int HANDED_ON_MAX = 16;

    private final Map<Seen, Integer> counts = new LinkedHashMap<>();

    LoopGuard(List<Repetition> repeated) {
        repeated.forEach(known -> counts.put(new Seen(known.argumentsHash(), known.resultHash()), known.times()));
    }

    Advice watch(List<CallOutline> calls, List<ToolCallReport> reports) {
        int most = 0;
        for (int i = 0; i < calls.size(); i++) {
            Seen seen = new Seen(calls.get(i).argumentsHash(), reports.get(i).resultHash());
            Integer before = counts.remove(seen);
            int count = before == null ? 1 : before + 1;
            counts.put(seen, count);
            most = Math.max(most, count);
        }
        while (counts.size() > REMEMBERED_MAX) {
            counts.remove(counts.keySet().iterator().next());
        }
        return switch (most) {
            case NUDGE_AT -> Advice.NUDGE;
            case END_STEP_AT -> Advice.END_STEP;
            case GIVE_UP_AT -> Advice.GIVE_UP;
            default -> Advice.GO_ON;
        };
    }

    /** Returns the newest of what was seen. */
    List<Repetition> progress() {
        return counts.entrySet().stream()
                .skip(Math.max(0, counts.size() - HANDED_ON_MAX))
                .map(entry -> new Repetition(
                        entry.getKey().argumentsHash(), entry.getKey().resultHash(), entry.getValue()))
                .toList();
    }
}
