package dev.titan.sandboxd.protocol;

/**
 * The answer to who begins to restore.
 *
 * @param needed false when the state is in place already
 */
public record RestoreBegun(boolean needed) {}
