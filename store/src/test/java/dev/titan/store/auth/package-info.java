/** The store against a real PostgreSQL. */
@NullMarked
package dev.titan.store.auth;

import org.jspecify.annotations.NullMarked;
