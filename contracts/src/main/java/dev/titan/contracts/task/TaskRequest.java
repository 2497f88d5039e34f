package dev.titan.contracts.task;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.network.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for, as stored with the task; never changed afterwards.
 *
 * @param goal the goal in the user's words, 1–100,000 characters
 * @param files files to put into the workspace first: path relative to the workspace → text
 * @param setup a shell command to run in the workspace after the files are there
 * @param context anything else the user wants the model to know, as JSON values
 * @param model {@code provider/model}, or absent for the server's own
 * @param tools names of the tools the task may use; empty means all
 * @param limits when to stop
 * @param successCriteria what must hold at the end; empty means the interpreter proposes them
 * @param metadata the user's own labels, given back untouched
 * @param networkPolicy what the sandbox may reach; requests stored before there were policies have none and are isolated
 * @param terms how to conduct the task; requests stored before there were any have the usual ones
 */
public record TaskRequest(
        String goal,
        Map<String, String> files,
        @Nullable String setup,
        Map<String, Object> context,
        @Nullable String model,
        List<String> tools,
        TaskLimits limits,
        List<SuccessCriterion> successCriteria,
        Map<String, String> metadata,
        @Nullable NetworkPolicy networkPolicy,
        @Nullable TaskTerms terms) {

    public TaskRequest {
        if (goal.isBlank()) {
            throw new IllegalArgumentException("goal is blank");
        }
        files = Map.copyOf(files);
        context = Map.copyOf(context);
        tools = List.copyOf(tools);
        successCriteria = List.copyOf(successCriteria);
        metadata = Map.copyOf(metadata);
        networkPolicy = networkPolicy == null ? new NetworkPolicy.Isolated() : networkPolicy;
        terms = terms == null ? TaskTerms.DEFAULT : terms;
    }

    @Override
    public NetworkPolicy networkPolicy() {
        return requireNonNull(networkPolicy, "the constructor has set it");
    }

    @Override
    public TaskTerms terms() {
        return requireNonNull(terms, "the constructor has set it");
    }

    /** A request with a goal and defaults for everything else. */
    public static TaskRequest of(String goal) {
        return new TaskRequest(
                goal,
                Map.of(),
                null,
                Map.of(),
                null,
                List.of(),
                TaskLimits.DEFAULT,
                List.of(),
                Map.of(),
                new NetworkPolicy.Isolated(),
                TaskTerms.DEFAULT);
    }
}
