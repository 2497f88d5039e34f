/** Tasks: the row that is written first and doubles as the outbox to Temporal. */
@NullMarked
package dev.titan.store.task;

import org.jspecify.annotations.NullMarked;
