package dev.titan.activities.chat;

import dev.titan.contracts.chat.Message.AskedCall;
import dev.titan.contracts.chat.Usage;
import java.time.Duration;
import java.util.List;

/**
 * What a model answered.
 *
 * @param text its words; empty when it only asked for tools
 * @param calls the calls it asked for, with ids that are unique within the answer
 * @param model {@code provider/model}
 * @param usage what it cost
 * @param took from request to answer
 */
public record ChatAnswer(String text, List<AskedCall> calls, String model, Usage usage, Duration took) {

    public ChatAnswer {
        calls = List.copyOf(calls);
    }
}
