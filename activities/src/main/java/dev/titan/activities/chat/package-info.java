/**
 * Questions to language models and their answers, whoever the provider is. The only package that knows langchain4j; its
 * own types carry none of it. Retrying is left to Temporal.
 */
@NullMarked
package dev.titan.activities.chat;

import org.jspecify.annotations.NullMarked;
