/** What users ask of a task that runs, and what a task asks of them. Values and interfaces only. */
@NullMarked
package dev.titan.contracts.steering;

import org.jspecify.annotations.NullMarked;
