/** What sandboxes are compared with: a plain container of the same engine. The one place here that imports docker-java. */
@NullMarked
package dev.titan.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
