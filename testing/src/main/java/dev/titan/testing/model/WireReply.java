package dev.titan.testing.model;

import dev.titan.contracts.json.TitanJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply on its way to the wire: calls have ids, and arguments are text, which a fault may have spoilt.
 *
 * @param text the words; empty when there are only calls
 * @param calls the tool calls
 */
record WireReply(String text, List<Call> calls) {

    WireReply {
        calls = List.copyOf(calls);
    }

    record Call(String id, String tool, String arguments) {}

    /** Gives the calls ids that are unique in the conversation and the same for a repeated request. */
    static WireReply of(ScriptedReply reply, ModelRequest request) {
        return switch (reply) {
            case ScriptedReply.Words words -> new WireReply(words.text(), List.of());
            case ScriptedReply.Calls asked -> {
                List<Call> calls = new ArrayList<>();
                for (ScriptedReply.Call call : asked.calls()) {
                    calls.add(new Call(
                            "scripted_%d_%d".formatted(request.replies() + 1, calls.size()),
                            call.tool(),
                            TitanJson.mapper().writeValueAsString(call.arguments())));
                }
                yield new WireReply(asked.say(), calls);
            }
        };
    }

    String finishReason() {
        return calls.isEmpty() ? "stop" : "tool_calls";
    }

    WireReply withGarbage() {
        return new WireReply("Certainly! Here is what you asked for: {\"lorem\": [ipsum", List.of());
    }

    WireReply withWrongTool() {
        return withFirst(
                new Call(calls.isEmpty() ? "scripted" : calls.getFirst().id(), "summon_demon", "{}"));
    }

    WireReply withWrongArguments() {
        return calls.isEmpty()
                ? this
                : withFirst(new Call(calls.getFirst().id(), calls.getFirst().tool(), "{\"no_such_argument\": 1}"));
    }

    private WireReply withFirst(Call call) {
        List<Call> changed = new ArrayList<>(calls);
        if (changed.isEmpty()) {
            changed.add(call);
        } else {
            changed.set(0, call);
        }
        return new WireReply(text, changed);
    }
}
