/** Tests of this package. */
@NullMarked
package dev.titan.dev.temporal;

import org.jspecify.annotations.NullMarked;
