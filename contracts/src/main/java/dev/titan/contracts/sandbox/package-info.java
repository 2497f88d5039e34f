/** Sandboxes as the rest of Titan sees them: references, the verbs of a workspace, and what can go wrong. */
@NullMarked
package dev.titan.contracts.sandbox;

import org.jspecify.annotations.NullMarked;
