/** The agent loop: what it costs beside bare Temporal, and what a whole step takes. Knows the loop from outside only. */
@NullMarked
package dev.titan.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
