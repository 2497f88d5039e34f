/** Parameters of lists. */
@NullMarked
package dev.titan.api.page;

import org.jspecify.annotations.NullMarked;
