package dev.titan.tools.ask;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What is asked.
 *
 * @param question the question, with everything a person needs to answer it
 */
public record AskUserArguments(
        @JsonPropertyDescription("One question, with everything a person needs to answer it without looking elsewhere")
        String question) {}
