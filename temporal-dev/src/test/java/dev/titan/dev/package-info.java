/** Tests of this package. */
@NullMarked
package dev.titan.dev;

import org.jspecify.annotations.NullMarked;
