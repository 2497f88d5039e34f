package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How many tokens a text is likely to be. Every provider counts in its own way and none tells before it is asked; what it
 * has reported for the same conversation is the best guide, and four bytes a token until then.
 *
 * @param tokensPerByte between {@value #LEAST} and {@value #MOST}
 */
record TokenEstimate(double tokensPerByte) {

    /** Four bytes a token: English and source code. */
    private static final double USUAL = 0.25;

    /** Eight bytes a token is more than any tokenizer manages; such a report counts something else. */
    private static final double LEAST = 0.125;

    /** A token a byte: the worst that byte-level tokenizers do. */
    private static final double MOST = 1;

    /** The role of a message, the ids of its calls, and what separates it from the next. */
    private static final int MESSAGE_BYTES = 16;

    /** The estimate for a conversation nothing has been reported of. */
    static final TokenEstimate UNCORRECTED = new TokenEstimate(USUAL);

    /** Returns the estimate for a conversation of which the provider has read so many bytes as so many tokens. */
    static TokenEstimate corrected(long bytes, long reportedTokens) {
        return bytes <= 0 || reportedTokens <= 0
                ? UNCORRECTED
                : new TokenEstimate(Math.clamp((double) reportedTokens / bytes, LEAST, MOST));
    }

    long tokens(long bytes) {
        return (long) Math.ceil(bytes * tokensPerByte);
    }

    /** Returns how many bytes so many tokens hold. */
    long bytes(long tokens) {
        return (long) (tokens / tokensPerByte);
    }

    static long bytes(List<Message> messages) {
        return messages.stream().mapToLong(TokenEstimate::bytes).sum();
    }

    private static long bytes(Message message) {
        return MESSAGE_BYTES
                + switch (message) {
                    case Message.Instructions instructions -> bytes(instructions.text());
                    case Message.Question question -> bytes(question.text());
                    case Message.Result result -> bytes(result.text());
                    case Message.Reply reply ->
                        bytes(reply.text())
                                + reply.calls().stream()
                                        .mapToLong(call -> MESSAGE_BYTES + bytes(call.tool()) + bytes(call.arguments()))
                                        .sum();
                };
    }

    static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
