/** How Java values become columns. May use JDBC and Jackson. */
@NullMarked
package dev.titan.store.postgres;

import org.jspecify.annotations.NullMarked;
