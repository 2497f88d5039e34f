/** Questions to the user. */
@NullMarked
package dev.titan.tools.ask;

import org.jspecify.annotations.NullMarked;
