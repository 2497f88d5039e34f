/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.task;

import org.jspecify.annotations.NullMarked;
