package dev.titan.sandbox;

import dev.titan.contracts.sandbox.Workspace;
import java.util.List;
import java.util.Map;

/** What every sandbox looks like from the inside, whoever makes it. */
public final class SandboxShape {

    /** The user and the group that own the workspace and run everything in it. */
    public static final int UID = 10001;

    /** Where the daemon's directory is mounted, read-only. */
    public static final String DAEMON_DIRECTORY = "/opt/titan";

    /** Where the directory of the daemon's socket is mounted. */
    public static final String SOCKET_DIRECTORY = "/run/titan";

    /** The socket's name in its directory: one letter, because its path on the host has to be short. */
    public static final String SOCKET_NAME = "d";

    /** Where the directory of the way out is mounted, read-only: the proxy's socket and what the host says about it. */
    public static final String EGRESS_DIRECTORY = "/run/egress";

    /** The port on loopback, inside, from which the daemon carries bytes to the proxy. */
    public static final int EGRESS_PORT = 3128;

    /** The host name inside, so that prompts and logs do not tell the real one. */
    public static final String HOST_NAME = "sandbox";

    /** The environment of the daemon. Commands get theirs from the daemon, which passes none of this on. */
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME", "/tmp",
            "LANG", "C.UTF-8");

    private SandboxShape() {}

    /** Returns the command that runs the daemon inside. */
    public static List<String> daemonCommand(Launch launch) {
        return List.of(
                DAEMON_DIRECTORY + "/bin/titan-sandboxd",
                "--socket",
                SOCKET_DIRECTORY + "/" + SOCKET_NAME,
                "--root",
                Workspace.ROOT,
                "--id",
                launch.id().value(),
                "--lease-ms",
                Long.toString(launch.life().lease().toMillis()),
                "--ttl-ms",
                Long.toString(launch.life().ttl().toMillis()),
                "--egress",
                EGRESS_PORT + ":" + EGRESS_DIRECTORY);
    }
}
