package dev.titan.e2e.airline;

/**
 * A call of a tool that changes something.
 *
 * @param name the tool
 * @param argumentsSha256 of the arguments in canonical JSON
 */
public record LedgerRow(String name, String argumentsSha256) {}
