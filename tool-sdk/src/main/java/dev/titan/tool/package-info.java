/** What the author of a tool needs. Uses the contracts alone; knows nothing of Temporal, Spring or the store. */
@NullMarked
package dev.titan.tool;

import org.jspecify.annotations.NullMarked;
