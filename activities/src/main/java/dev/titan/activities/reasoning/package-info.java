/**
 * The five questions the loop asks a model: what is shown, what is expected back, and how the answer is stored before it
 * is used. An attempt that finds its answer stored does not ask again. What is shown of a long task is shortened by a
 * sixth question, whose answers are stored in the same way ({@link dev.titan.activities.reasoning.Memory}).
 */
@NullMarked
package dev.titan.activities.reasoning;

import org.jspecify.annotations.NullMarked;
