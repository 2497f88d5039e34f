/** Checkpoints of workspaces: when one is taken, when a call's effect is done, what may act, what is put back. */
@NullMarked
package dev.titan.activities.checkpoint;

import org.jspecify.annotations.NullMarked;
