/** Tests of recipes. */
@NullMarked
package dev.titan.testing.recipe;

import org.jspecify.annotations.NullMarked;
