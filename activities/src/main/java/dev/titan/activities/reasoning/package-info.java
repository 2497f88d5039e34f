/**
 * The five questions the loop asks a model: what is shown, what is expected back, and how the answer is stored before it
 * is used. An attempt that finds its answer stored does not ask again.
 */
@NullMarked
package dev.titan.activities.reasoning;

import org.jspecify.annotations.NullMarked;
