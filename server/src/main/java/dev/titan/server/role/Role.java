package dev.titan.server.role;

/** Names of the roles, which are Spring profiles. */
public final class Role {

    /** HTTP and WebSocket; talks to Temporal as a client only. */
    public static final String API = "api";

    /** Workflows, model calls, recording, and the starter of accepted tasks. */
    public static final String WORKER = "worker";

    /** Creates sandboxes and runs every call into them; the only role that touches a container engine. */
    public static final String SANDBOX = "sandbox";

    private Role() {}
}
