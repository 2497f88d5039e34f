package dev.titan.contracts.review;

import dev.titan.contracts.chat.Spent;
import org.jspecify.annotations.Nullable;

/**
 * What the loop needs to know of a review; issues and suggestions stay in the store.
 *
 * @param decision what follows
 * @param spent what it cost; absent in runs that began before budgets were counted
 */
public record ReviewOutline(Decision decision, @Nullable Spent spent) {}
