/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store;

import org.jspecify.annotations.NullMarked;
