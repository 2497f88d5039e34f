/** How trouble crosses the activity boundary: one table from exceptions to what Temporal and the loop are told. */
@NullMarked
package dev.titan.activities.failure;

import org.jspecify.annotations.NullMarked;
