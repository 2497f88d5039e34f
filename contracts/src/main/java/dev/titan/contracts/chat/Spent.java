package dev.titan.contracts.chat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to one question cost, for the budget: every model call it took, repairs included.
 *
 * @param modelCalls calls answered
 * @param tokens read and written together
 * @param usd in US dollars; absent when the price of the model is not known
 */
public record Spent(int modelCalls, long tokens, @Nullable BigDecimal usd) {

    public static final Spent NOTHING = new Spent(0, 0, null);

    /** Returns the sum of both; money whose amount is not known counts as none. */
    public Spent plus(Spent other) {
        BigDecimal both = usd == null ? other.usd : other.usd == null ? usd : usd.add(other.usd);
        return new Spent(modelCalls + other.modelCalls, tokens + other.tokens, both);
    }
}
