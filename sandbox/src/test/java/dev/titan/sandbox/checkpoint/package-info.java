/** Checkpoints against real sandboxes, with blobs in memory. */
@NullMarked
package dev.titan.sandbox.checkpoint;

import org.jspecify.annotations.NullMarked;
