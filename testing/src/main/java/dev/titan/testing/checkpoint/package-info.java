/** Checkpoints without a database. */
@NullMarked
package dev.titan.testing.checkpoint;

import org.jspecify.annotations.NullMarked;
