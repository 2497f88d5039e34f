/** Tool calls, their results, and the side effects they may have. Values only. */
@NullMarked
package dev.titan.contracts.tool;

import org.jspecify.annotations.NullMarked;
