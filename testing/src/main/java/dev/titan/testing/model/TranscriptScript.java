package dev.titan.testing.model;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.model.ScriptedReply.Calls;
import dev.titan.testing.model.ScriptedReply.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Plays a recorded list of calls: one plan step, call <i>k</i> after <i>k</i> results, then the answer. The answer is
 * given whatever the results were; whether the goal is reached is for the checks to say.
 *
 * @param name a name for messages
 * @param goal the exact goal
 * @param calls in order
 * @param answer the last words
 */
public record TranscriptScript(String name, String goal, List<Call> calls, String answer) implements ModelScript {

    public TranscriptScript {
        calls = List.copyOf(calls);
    }

    /**
     * Reads {@code [{"tool": …, "arguments": …}, …, {"finish": "answer"}]}; without a finish the answer is {@code Done.}
     */
    public static TranscriptScript of(String name, String goal, JsonNode transcript) {
        List<Call> calls = new ArrayList<>();
        String answer = "Done.";
        for (JsonNode step : transcript) {
            if (step.has("finish")) {
                answer = step.get("finish").asString();
            } else {
                calls.add(TitanJson.mapper().treeToValue(step, Call.class));
            }
        }
        return new TranscriptScript(name, goal, calls, answer);
    }

    @Override
    public boolean plays(String other) {
        return goal.strip().equals(other.strip());
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        int done = request.results().size();
        return done < calls.size() ? new Calls("", List.of(calls.get(done))) : new Words(answer);
    }

    /** A failing call may be part of the transcript, so only the judge ends the task. */
    @Override
    public Object review(ModelRequest request) {
        return DefaultReplies.goOn();
    }

    @Override
    public Object judgement(ModelRequest request) {
        boolean met = !request.question().contains("<check outcome=\"failed\"");
        return Map.of(
                "met",
                met,
                "recoverable",
                false,
                "answer",
                met ? answer : "A check failed.",
                "issues",
                List.of(),
                "suggestions",
                List.of());
    }
}
