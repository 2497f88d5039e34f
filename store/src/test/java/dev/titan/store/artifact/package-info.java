/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.artifact;

import org.jspecify.annotations.NullMarked;
