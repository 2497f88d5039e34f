/**
 * A model that follows scripts, behind the real OpenAI wire format: the model of every test and of the demo. Knows
 * nothing of Titan's other modules but the JSON mapping; it recognises Titan by the first line of its prompts.
 */
@NullMarked
package dev.titan.testing.model;

import org.jspecify.annotations.NullMarked;
