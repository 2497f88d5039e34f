package dev.titan.store.transcript;

import dev.titan.contracts.chat.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The beginning of one conversation, as stored. Thread-safe. */
final class Kept {

    private volatile List<Message> messages = List.of();

    List<Message> messages() {
        return messages;
    }

    /** Keeps what follows; what does not follow right behind the messages that are kept is left to be read. */
    synchronized void add(int firstIndex, List<Message> added) {
        if (firstIndex == messages.size()) {
            messages = Stream.concat(messages.stream(), added.stream()).toList();
        }
    }

    /** Returns the answer of one turn, the last when there are several; empty when it is not kept. */
    Optional<Message.Reply> reply(int turn) {
        List<Message> all = messages;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i) instanceof Message.Reply reply && reply.turn() == turn) {
                return Optional.of(reply);
            }
        }
        return Optional.empty();
    }
}
