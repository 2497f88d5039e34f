package dev.titan.sandboxd.selftest;

import java.io.IOException;

/** One thing that has to be so in a sandbox. Running it harms nothing, also where it is not so. */
interface Probe {

    /** Returns a stable name in snake case. */
    String name();

    /** Returns what has to be so, as a short sentence. */
    String checks();

    /** Looks. A failure to look counts as one of the sandbox. */
    Verdict run() throws IOException;
}
