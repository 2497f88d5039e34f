/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.effect;

import org.jspecify.annotations.NullMarked;
