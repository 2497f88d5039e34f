/** Tests of this package. */
@NullMarked
package dev.titan.testing.postgres;

import org.jspecify.annotations.NullMarked;
