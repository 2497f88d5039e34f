/**
 * Takes checkpoints of workspaces and puts them back, over the verbs of a workspace and a place for blobs. What a sandbox
 * says of itself is checked here: sizes are bounded, and content is known by a hash that is computed on this side.
 */
@NullMarked
package dev.titan.sandbox.checkpoint;

import org.jspecify.annotations.NullMarked;
