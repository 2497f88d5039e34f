/** The built-in tools, one package each. */
@NullMarked
package dev.titan.tools;

import org.jspecify.annotations.NullMarked;
