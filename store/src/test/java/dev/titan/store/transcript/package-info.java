/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.transcript;

import org.jspecify.annotations.NullMarked;
