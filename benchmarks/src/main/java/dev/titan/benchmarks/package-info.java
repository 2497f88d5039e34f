/** The program behind {@code ./titan bench}. What is measured is below, a package each; none of it is part of the server. */
@NullMarked
package dev.titan.benchmarks;

import org.jspecify.annotations.NullMarked;
