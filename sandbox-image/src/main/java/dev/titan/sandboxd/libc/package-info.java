/** The few functions of the C library the daemon needs, by the foreign function API; no native code of our own. */
@NullMarked
package dev.titan.sandboxd.libc;

import org.jspecify.annotations.NullMarked;
