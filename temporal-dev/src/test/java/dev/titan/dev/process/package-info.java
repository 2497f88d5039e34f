/** Tests of this package. */
@NullMarked
package dev.titan.dev.process;

import org.jspecify.annotations.NullMarked;
