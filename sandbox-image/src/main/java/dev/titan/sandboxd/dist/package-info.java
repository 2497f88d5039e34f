/** Used while the daemon's directory is built, and never in a sandbox. */
@NullMarked
package dev.titan.sandboxd.dist;

import org.jspecify.annotations.NullMarked;
