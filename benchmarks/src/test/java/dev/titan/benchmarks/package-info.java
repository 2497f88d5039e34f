@NullMarked
package dev.titan.benchmarks;

import org.jspecify.annotations.NullMarked;
