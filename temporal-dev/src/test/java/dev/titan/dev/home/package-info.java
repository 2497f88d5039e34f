/** Tests of this package. */
@NullMarked
package dev.titan.dev.home;

import org.jspecify.annotations.NullMarked;
