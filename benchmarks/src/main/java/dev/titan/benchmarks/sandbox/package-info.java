/** The measurements of sandboxes, made through the same interface that Titan uses. */
@NullMarked
package dev.titan.benchmarks.sandbox;

import org.jspecify.annotations.NullMarked;
