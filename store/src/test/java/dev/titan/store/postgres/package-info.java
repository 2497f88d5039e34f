/** How values become columns. */
@NullMarked
package dev.titan.store.postgres;

import org.jspecify.annotations.NullMarked;
