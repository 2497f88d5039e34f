package dev.titan.tool;

/** What a tool touches; policies look at the combination. */
public enum ToolTrait {
    /** Brings text into the conversation that a stranger may have written. */
    READS_UNTRUSTED_CONTENT,
    /** Brings the user's private data into the conversation. */
    READS_PRIVATE_DATA,
    /** Has an effect outside the sandbox. */
    ACTS_OUTSIDE
}
