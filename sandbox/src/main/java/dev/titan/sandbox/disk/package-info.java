/**
 * Workspaces of a fixed size on the host's disk: a file system in a file, over a loop device. The kernel itself removes
 * both when the last mount is gone, so no crash leaves anything.
 */
@NullMarked
package dev.titan.sandbox.disk;

import org.jspecify.annotations.NullMarked;
