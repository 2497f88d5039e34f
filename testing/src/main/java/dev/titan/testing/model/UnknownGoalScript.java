package dev.titan.testing.model;

import dev.titan.testing.model.ScriptedReply.Words;
import java.util.List;
import java.util.Map;

/**
 * The demo's answer to goals it has no script for: it says so, and the task ends without success instead of pretending.
 *
 * @param known the goals that can be played, in words
 */
public record UnknownGoalScript(List<String> known) implements ModelScript {

    public UnknownGoalScript {
        known = List.copyOf(known);
    }

    @Override
    public String name() {
        return "unknown-goal";
    }

    @Override
    public boolean plays(String goal) {
        return true;
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        return new Words(explanation());
    }

    @Override
    public Object judgement(ModelRequest request) {
        return Map.of(
                "met", false,
                "recoverable", false,
                "answer", explanation(),
                "issues", List.of("The demo model has no script for this goal."),
                "suggestions", List.of());
    }

    private String explanation() {
        return "No model is configured, and the built-in demo model only plays prepared goals: %s. For any other goal set LLM_MODEL=provider/model and LLM_API_KEY."
                .formatted(String.join("; ", known));
    }
}
