/** A user's goal as one durable execution: what was asked, what may be spent, how it ended. Values only. */
@NullMarked
package dev.titan.contracts.task;

import org.jspecify.annotations.NullMarked;
