package dev.titan.contracts.tool;

import org.jspecify.annotations.Nullable;

/**
 * What the loop learns of a finished call; the result itself stays in the store.
 *
 * @param failure absent when the call succeeded
 * @param resultHash the first 16 hexadecimal digits of the SHA-256 over the result's text, for the loop guard
 */
public record ToolCallReport(@Nullable FailureKind failure, String resultHash) {

    /** Returns whether the tool did what was asked. */
    public boolean succeeded() {
        return failure == null;
    }
}
