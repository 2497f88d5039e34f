package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import java.util.List;
import java.util.stream.Collectors;

/** Words turns for the summarizer, who has to read in one go what was too much for the executor. */
final class OlderTurns {

    /** Tried one after the other until everything fits: what one message may take. */
    private static final int[] MESSAGE_CHARS = {6_000, 3_000, 1_500, 700, 300, 120};

    /** UTF-8: three bytes for what is one character in Java, at most. */
    private static final int BYTES_PER_CHAR_MAX = 3;

    private OlderTurns() {}

    /** Returns the turns in so many bytes at most. */
    static String worded(List<Message> messages, long bytesMax) {
        String words = "";
        for (int each : MESSAGE_CHARS) {
            words = worded(messages, each);
            if (TokenEstimate.bytes(words) <= bytesMax) {
                return words;
            }
        }
        return Wording.shortened(words, (int) (bytesMax / BYTES_PER_CHAR_MAX));
    }

    private static String worded(List<Message> messages, int each) {
        return messages.stream().map(message -> worded(message, each)).collect(Collectors.joining("\n"));
    }

    private static String worded(Message message, int each) {
        return switch (message) {
            case Message.Instructions _ -> "";
            case Message.Question question -> Wording.tag("told", Wording.shortened(question.text(), each));
            case Message.Result result ->
                Wording.tag(
                        "result",
                        (Boolean.TRUE.equals(result.failed()) ? "failed: " : "")
                                + Wording.shortened(result.text(), each));
            case Message.Reply reply ->
                Wording.tag("said", Wording.shortened(reply.text(), each))
                        + reply.calls().stream()
                                .map(call -> "\n"
                                        + Wording.tag(
                                                "call", call.tool() + " " + Wording.shortened(call.arguments(), each)))
                                .collect(Collectors.joining());
        };
    }
}
