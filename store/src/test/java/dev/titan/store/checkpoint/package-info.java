/** Checkpoints against a real PostgreSQL. */
@NullMarked
package dev.titan.store.checkpoint;

import org.jspecify.annotations.NullMarked;
