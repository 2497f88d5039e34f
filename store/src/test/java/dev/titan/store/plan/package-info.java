/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.plan;

import org.jspecify.annotations.NullMarked;
