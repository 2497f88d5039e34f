package dev.titan.contracts.steering;

import dev.titan.contracts.task.Budget;

/**
 * A larger budget.
 *
 * @param command the command it came by
 * @param budget the parts to raise; absent ones stay as they are
 */
public record BudgetRaise(CommandId command, Budget budget) {}
