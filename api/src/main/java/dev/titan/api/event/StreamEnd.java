package dev.titan.api.event;

/** Why a stream ends. */
enum StreamEnd {
    /** The task has ended and everything is sent. */
    COMPLETE,
    /** The client does not take what it is sent. */
    CUT_OFF,
    /** The database does not answer. */
    STORE_FAILED,
    /** This process goes away; another one has the same stream. */
    SHUTTING_DOWN,
    /** A bug. */
    BROKEN
}
