package dev.titan.testing.model;

import dev.titan.testing.model.ScriptedReply.Calls;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Never comes to an end: after <i>n − 1</i> results it asks for call <i>n</i>.
 *
 * @param name a name for messages
 * @param goal the exact goal
 * @param call makes call {@code n}, from 1
 */
public record EndlessScript(String name, String goal, IntFunction<ScriptedReply.Call> call) implements ModelScript {

    @Override
    public boolean plays(String other) {
        return goal.strip().equals(other.strip());
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        return new Calls("", List.of(call.apply(request.results().size() + 1)));
    }
}
