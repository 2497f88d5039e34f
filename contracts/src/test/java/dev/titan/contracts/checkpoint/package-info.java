/** The form of checkpoints. */
@NullMarked
package dev.titan.contracts.checkpoint;

import org.jspecify.annotations.NullMarked;
