/** Names of the failures that cross the activity boundary. */
@NullMarked
package dev.titan.contracts.failure;

import org.jspecify.annotations.NullMarked;
