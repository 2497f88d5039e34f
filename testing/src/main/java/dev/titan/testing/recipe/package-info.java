/** Recorded runs of agents as recipes in JSON, and the script of the scripted model that plays them. */
@NullMarked
package dev.titan.testing.recipe;

import org.jspecify.annotations.NullMarked;
