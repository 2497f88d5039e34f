/** Heartbeats of every activity, on a thread of their own from entry to exit. Uses Temporal's SDK alone. */
@NullMarked
package dev.titan.activities.heartbeat;

import org.jspecify.annotations.NullMarked;
