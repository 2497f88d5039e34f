package dev.titan.dev.process;

/** The signal that asks a child to end in good order. */
public enum StopSignal {
    /** What most servers expect. */
    TERM,
    /** PostgreSQL's fast shutdown; its TERM would wait until the last client has gone. */
    INT,
    /** No good order wanted. */
    KILL
}
