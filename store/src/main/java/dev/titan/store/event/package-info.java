/** The event log, what it changes about a task, and the wake-up calls that follow a commit. */
@NullMarked
package dev.titan.store.event;

import org.jspecify.annotations.NullMarked;
