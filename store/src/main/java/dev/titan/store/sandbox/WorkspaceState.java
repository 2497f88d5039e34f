package dev.titan.store.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Where a task's workspace is in its life.
 *
 * @param generation of the sandbox that may act; calls of an older one are refused
 * @param hibernated whether that sandbox was stopped because nobody used it
 * @param notice what the next reader of a result has to be told; absent when there is nothing
 */
public record WorkspaceState(
        int generation, boolean hibernated, @Nullable String notice) {}
