/**
 * The one policy on system calls: written down in Docker's format, given to the engine as it is and compiled to a filter
 * program for bubblewrap.
 */
@NullMarked
package dev.titan.sandbox.seccomp;

import org.jspecify.annotations.NullMarked;
