package dev.titan.contracts.chat;

/**
 * What model calls cost, as the provider reported it.
 *
 * @param modelCalls number of calls answered
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 */
public record Usage(int modelCalls, long inputTokens, long outputTokens) {

    public static final Usage NONE = new Usage(0, 0, 0);

    /** Returns the sum of both. */
    public Usage plus(Usage other) {
        return new Usage(
                modelCalls + other.modelCalls, inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }
}
