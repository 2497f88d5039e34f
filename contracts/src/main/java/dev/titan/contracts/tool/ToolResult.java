package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The answer of a tool: something the model can act on. Infrastructure trouble is thrown instead. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ToolResult.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = ToolResult.Failed.class, name = "failed")
})
public sealed interface ToolResult {

    /** Returns the text the model reads. */
    String text();

    /**
     * The tool did what was asked.
     *
     * @param text what the model reads
     */
    record Succeeded(String text) implements ToolResult {}

    /**
     * The tool did not do what was asked, or did it with a failure as the result.
     *
     * @param kind what kind of failure
     * @param text what the model reads: what happened and what could be done instead
     */
    record Failed(FailureKind kind, String text) implements ToolResult {}
}
