package dev.titan.store.sandbox;

/**
 * Where a task's workspace is in its life.
 *
 * @param generation of the sandbox that may act; calls of an older one are refused
 * @param hibernated whether that sandbox was stopped because nobody used it
 */
public record WorkspaceState(int generation, boolean hibernated) {}
