package dev.titan.sandboxd.protocol;

/** The paths of the daemon's routes and the names of their query parameters. */
public final class SandboxdRoute {

    /** {@code GET}: a {@link Health}. */
    public static final String HEALTH = "/v1/health";

    /** {@code PUT} with an {@link ExecRequest} starts or attaches, {@code GET} attaches; both answer an {@link ExecState}. */
    public static final String EXEC = "/v1/exec";

    /** {@code POST} kills a command with its whole process tree and answers its {@link ExecState}. */
    public static final String EXEC_KILL = "/v1/exec/kill";

    /** {@code POST} takes raw bytes for the standard input of a command; answers 204. */
    public static final String EXEC_INPUT = "/v1/exec/input";

    /** {@code POST} sends a signal to a command; answers 204. */
    public static final String EXEC_SIGNAL = "/v1/exec/signal";

    /** {@code POST} changes the size of a command's terminal; answers 204. */
    public static final String EXEC_RESIZE = "/v1/exec/resize";

    /** {@code GET} answers an {@link ExecListing}. */
    public static final String EXEC_LIST = "/v1/exec/list";

    /** {@code GET} answers raw bytes; {@code PUT} takes raw bytes and answers a {@code FileReply.Written}. */
    public static final String FILES = "/v1/files";

    /** {@code GET} answers a {@code FileReply.Listing}. */
    public static final String FILES_LIST = "/v1/files/list";

    /** {@code POST} answers a {@code Scan.State}, or {@code too_large}. */
    public static final String CHECKPOINT_SCAN = "/v1/checkpoint/scan";

    /** {@code GET} answers the bytes of a page of the last scan. */
    public static final String CHECKPOINT_PAGE = "/v1/checkpoint/page";

    /** {@code POST} with pieces answers their contents; see {@link Transfer}. */
    public static final String CHECKPOINT_READ = "/v1/checkpoint/read";

    /** {@code POST} answers a {@link RestoreBegun}. */
    public static final String RESTORE_BEGIN = "/v1/restore/begin";

    /** {@code PUT} with parts; see {@link Transfer}; answers 204. */
    public static final String RESTORE = "/v1/restore";

    /** {@code POST}; answers 204. */
    public static final String RESTORE_END = "/v1/restore/end";

    /** {@code POST} with a {@link LeaseRequest}; answers 204. */
    public static final String LEASE = "/v1/lease";

    /** {@code POST}; answers 204 and ends every process and the daemon. */
    public static final String SHUTDOWN = "/v1/shutdown";

    /** The journal's key, by convention an {@code EffectId} as text. At most 512 bytes. */
    public static final String KEY = "key";

    /** The journal's key of something done to a command, beside the command's own. At most 512 bytes. */
    public static final String EFFECT = "effect";

    /** {@code closed} when the input ends after these bytes, else {@code open}. */
    public static final String AFTER = "after";

    /** A {@code CommandSignal}, such as {@code int}. */
    public static final String SIGNAL = "signal";

    /** The width of a terminal. */
    public static final String COLUMNS = "columns";

    /** The height of a terminal. */
    public static final String ROWS = "rows";

    /** How long an answer may be held back, in milliseconds, at most 60,000; 0 answers at once. */
    public static final String WAIT_MS = "wait_ms";

    /** Where in the output to go on reading, in bytes; {@code next_offset} of the state before. */
    public static final String OFFSET = "offset";

    /** A path, absolute below the workspace or relative to it. */
    public static final String PATH = "path";

    /** The size above which a file is not read. */
    public static final String MAX_BYTES = "max_bytes";

    /** How many levels to list; 1 is the directory's own entries. */
    public static final String DEPTH = "depth";

    /** How many entries to list at most. */
    public static final String LIMIT = "limit";

    /** The fingerprint the caller knows; empty for none. */
    public static final String KNOWN = "known";

    /** The hash of a page. */
    public static final String SHA256 = "sha256";

    /** Names one attempt to restore and no other. */
    public static final String ATTEMPT = "attempt";

    /** Names the state that is restored. */
    public static final String CHECKPOINT = "checkpoint";

    private SandboxdRoute() {}
}
