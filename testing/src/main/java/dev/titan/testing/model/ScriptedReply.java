package dev.titan.testing.model;

import java.util.List;
import java.util.Map;

/** What a script answers to one request. */
public sealed interface ScriptedReply {

    /**
     * Words, which for every role but the executor are a JSON object.
     *
     * @param text the words
     */
    record Words(String text) implements ScriptedReply {}

    /**
     * Tool calls.
     *
     * @param say words beside the calls; mostly empty
     * @param calls at least one
     */
    record Calls(String say, List<Call> calls) implements ScriptedReply {
        public Calls {
            calls = List.copyOf(calls);
            if (calls.isEmpty()) {
                throw new IllegalArgumentException("a reply with calls has none");
            }
        }
    }

    /**
     * One call.
     *
     * @param tool the tool's name
     * @param arguments its arguments
     */
    record Call(String tool, Map<String, Object> arguments) {
        public Call {
            arguments = Map.copyOf(arguments);
        }
    }
}
