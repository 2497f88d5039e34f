/** The whole system as real processes, for tests that start it, talk to it over HTTP and kill it. */
@NullMarked
package dev.titan.testing.system;

import org.jspecify.annotations.NullMarked;
