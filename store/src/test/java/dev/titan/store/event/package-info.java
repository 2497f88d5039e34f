/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.event;

import org.jspecify.annotations.NullMarked;
