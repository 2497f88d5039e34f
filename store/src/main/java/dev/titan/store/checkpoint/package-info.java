/** Checkpoints of workspaces: their manifests by reference to pages, which are blobs, and which of them is the newest. */
@NullMarked
package dev.titan.store.checkpoint;

import org.jspecify.annotations.NullMarked;
