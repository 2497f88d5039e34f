/** What users ask of a task that runs: messages, pauses, budgets, approvals. */
@NullMarked
package dev.titan.api.steering;

import org.jspecify.annotations.NullMarked;
