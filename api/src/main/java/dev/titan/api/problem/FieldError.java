package dev.titan.api.problem;

/**
 * What is wrong with one field.
 *
 * @param field where, such as {@code budget.max_steps} or {@code tools[2]}
 * @param reason what is wrong and what would be right
 */
public record FieldError(String field, String reason) {}
