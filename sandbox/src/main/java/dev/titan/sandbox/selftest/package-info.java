/** Runs the daemon's self-test in a fresh sandbox and says what its findings mean for a provider. */
@NullMarked
package dev.titan.sandbox.selftest;

import org.jspecify.annotations.NullMarked;
