/** Temporal for one machine: the CLI found or fetched, the dev server it starts, the in-memory server as last resort. */
@NullMarked
package dev.titan.dev.temporal;

import org.jspecify.annotations.NullMarked;
