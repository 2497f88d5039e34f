package dev.titan.contracts.review;

/**
 * What the loop needs to know of a review; issues and suggestions stay in the store.
 *
 * @param decision what follows
 */
public record ReviewOutline(Decision decision) {}
