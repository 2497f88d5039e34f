package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a conversation before a provider sees it: every call has its result right after it, and no result lacks its
 * call. Providers refuse anything else, and a conversation that is stored broken stays broken.
 */
final class TranscriptValidator {

    private TranscriptValidator() {}

    /** A broken conversation is a bug, named with its place. */
    static void requireValid(Topic topic, List<Message> messages) {
        Set<String> open = new LinkedHashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            switch (messages.get(i)) {
                case Message.Result result -> {
                    if (!open.remove(result.callId())) {
                        throw broken(topic, i, "a result without a call: " + result.callId());
                    }
                }
                case Message.Reply reply -> {
                    requireNone(topic, i, open);
                    for (Message.AskedCall call : reply.calls()) {
                        if (!open.add(call.id())) {
                            throw broken(topic, i, "two calls with one id: " + call.id());
                        }
                    }
                }
                case Message.Question _, Message.Instructions _ -> requireNone(topic, i, open);
            }
        }
        requireNone(topic, messages.size(), open);
    }

    private static void requireNone(Topic topic, int index, Set<String> open) {
        if (!open.isEmpty()) {
            throw broken(topic, index, "calls without results: " + open);
        }
    }

    private static IllegalStateException broken(Topic topic, int index, String what) {
        return new IllegalStateException(
                "%s of %s is broken at %d: %s".formatted(topic.conversation(), topic.task(), index, what));
    }
}
