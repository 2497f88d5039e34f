/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.sandbox;

import org.jspecify.annotations.NullMarked;
