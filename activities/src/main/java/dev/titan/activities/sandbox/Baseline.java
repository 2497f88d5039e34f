package dev.titan.activities.sandbox;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.effect.Claim;
import dev.titan.store.effect.EffectLedger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;

/**
 * What a workspace held before the task began to work: files that are still the same are not the task's. Kept in the
 * ledger as the result of the last call of the pseudo-step that seeds.
 *
 * @param files path → size and time of the last change
 */
record Baseline(Map<String, String> files) {

    private static final Baseline EMPTY = new Baseline(Map.of());

    /** Behind every real call of the pseudo-step: a request has fewer files. */
    private static final int CALL = 1_000_000;

    private static final TypeReference<Map<String, String>> FILES = new TypeReference<>() {};

    Baseline {
        files = Map.copyOf(files);
    }

    static Baseline of(List<FileReply.Entry> entries) {
        Map<String, String> files = new HashMap<>();
        entries.forEach(entry -> files.put(entry.path(), state(entry)));
        return new Baseline(files);
    }

    /** Returns what was kept for a task; nothing when its workspace was empty in the beginning. */
    static Baseline kept(EffectLedger ledger, TaskId task) {
        return ledger.find(effect(task))
                .map(found -> found.result() instanceof ToolResult.Succeeded(String text)
                        ? new Baseline(TitanJson.mapper().readValue(text, FILES))
                        : EMPTY)
                .orElse(EMPTY);
    }

    /** Keeps it; the first to be kept for a task stays. */
    void keep(EffectLedger ledger, TaskId task) {
        EffectId effect = effect(task);
        String token = UUID.randomUUID().toString();
        boolean mine = switch (ledger.claim(effect, EffectClass.IDEMPOTENT, new ToolCall("seed", Map.of()), token)) {
            case Claim.Granted _ -> true;
            case Claim.Held _ -> ledger.takeOver(effect, token);
            case Claim.Done _ -> false;
        };
        if (mine) {
            ledger.complete(
                    effect, token, new ToolResult.Succeeded(TitanJson.mapper().writeValueAsString(files)));
        }
    }

    /** Returns whether a file is as it was. */
    boolean unchanged(FileReply.Entry entry) {
        return state(entry).equals(files.get(entry.path()));
    }

    private static String state(FileReply.Entry entry) {
        return entry.bytes() + " " + entry.modifiedAt();
    }

    private static EffectId effect(TaskId task) {
        return new EffectId(task, Seeding.STEP, 1, CALL);
    }
}
