/** A stored state of a workspace: what is in its manifest, and the verbs that take one and put one back. */
@NullMarked
package dev.titan.contracts.checkpoint;

import org.jspecify.annotations.NullMarked;
