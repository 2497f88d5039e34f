package dev.titan.sandbox.local;

import static dev.titan.sandbox.SandboxShape.UID;

import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of bubblewrap for one host: everything unshared, the host's {@code /usr} read-only, no capabilities,
 * a user of its own.
 *
 * @param program bubblewrap itself
 * @param user as whom Titan runs
 * @param canForbidNamespaces whether this version can keep the sandbox from making user namespaces
 */
record Bubblewrap(Path program, HostUser user, boolean canForbidNamespaces) {

    /** What lies beside {@code /usr} on hosts of any age: links into it since the merge of 2016–2023, else directories. */
    private static final List<String> ROOT_ENTRIES = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /** What tools read from the host: the loader's cache, Debian's alternatives, certificates. Nothing with a secret. */
    private static final List<String> ETC_ENTRIES =
            List.of("ld.so.cache", "alternatives", "ssl/certs", "ssl/openssl.cnf", "ca-certificates", "mime.types");

    /** What tells about the whole machine, as engines mask it; the rest below /proc is guarded by its owner. */
    private static final List<String> MASKED =
            List.of("/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug");

    /** Where bubblewrap reads its filter of system calls from. */
    private static final String FILTER_DESCRIPTOR = "4";

    /** Opens the filter, the first argument, as {@link #FILTER_DESCRIPTOR} and runs the rest. */
    private static final String WITH_FILTER = "exec 4< \"$1\"; shift; exec \"$@\"";

    /** Returns the arguments that make an empty sandbox with a small {@code /tmp}. */
    List<String> base(long tmpBytes) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(
                List.of("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"));
        if (user == HostUser.ORDINARY) {
            argv.addAll(List.of("--unshare-user", "--uid", "" + UID, "--gid", "" + UID));
            if (canForbidNamespaces) {
                argv.add("--disable-userns");
            }
        }
        argv.addAll(List.of("--die-with-parent", "--new-session", "--hostname", SandboxShape.HOST_NAME));
        argv.addAll(List.of("--ro-bind", "/usr", "/usr"));
        ROOT_ENTRIES.forEach(name -> argv.addAll(rootEntry(Path.of("/", name))));
        argv.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        argv.addAll(List.of("--perms", "1777", "--size", Long.toString(tmpBytes), "--tmpfs", "/tmp"));
        for (String directory : List.of("/etc", "/etc/ssl", "/opt", "/run", "/var", Workspace.ROOT)) {
            argv.addAll(List.of("--perms", "0755", "--dir", directory));
        }
        argv.addAll(List.of("--symlink", "/tmp", "/var/tmp"));
        MASKED.stream()
                .filter(path -> Files.exists(Path.of(path)))
                .forEach(path -> argv.addAll(List.of("--ro-bind", "/dev/null", path)));
        ETC_ENTRIES.forEach(name -> argv.addAll(List.of("--ro-bind-try", "/etc/" + name, "/etc/" + name)));
        argv.add("--clearenv");
        SandboxShape.ENVIRONMENT.forEach((name, value) -> argv.addAll(List.of("--setenv", name, value)));
        argv.addAll(List.of("--cap-drop", "ALL", "--seccomp", FILTER_DESCRIPTOR));
        return argv;
    }

    /** Returns the whole command line of a sandbox, which reports on descriptor 3 and reads its filter from 4. */
    List<String> sandbox(
            LocalDirectory directory, ControlGroup group, Path daemon, SandboxLimits limits, List<String> command) {
        List<String> argv = base(limits.tmpBytes());
        for (String file : EtcFiles.NAMES) {
            argv.addAll(List.of("--ro-bind", directory.etc().resolve(file).toString(), "/etc/" + file));
        }
        argv.addAll(List.of("--ro-bind", daemon.toString(), SandboxShape.DAEMON_DIRECTORY));
        argv.addAll(List.of("--bind", directory.place().socketDirectory().toString(), SandboxShape.SOCKET_DIRECTORY));
        argv.addAll(
                List.of("--ro-bind", directory.place().egressDirectory().toString(), SandboxShape.EGRESS_DIRECTORY));
        argv.addAll(
                switch (user) {
                    case ROOT ->
                        List.of(
                                "--bind",
                                directory.work().toString(),
                                Workspace.ROOT,
                                "--bind",
                                directory.tmp().toString(),
                                "/tmp");
                    case ORDINARY ->
                        List.of(
                                "--perms",
                                "0700",
                                "--size",
                                Long.toString(limits.workBytes()),
                                "--tmpfs",
                                Workspace.ROOT);
                });
        for (String parent : List.of("/sys", "/sys/fs", "/sys/fs/cgroup", "/sys/fs/cgroup/memory")) {
            argv.addAll(List.of("--perms", "0755", "--dir", parent));
        }
        group.memoryEvents()
                .forEach((file, inside) -> argv.addAll(List.of("--ro-bind-try", file.toString(), inside.toString())));
        argv.addAll(List.of("--chdir", "/", "--info-fd", "3"));
        return closed(argv, command);
    }

    /** Returns the command line that runs {@code true} in a sandbox like all others, with the filter of that file. */
    List<String> trial(Path filter) {
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", WITH_FILTER, "titan-trial", filter.toString()));
        argv.addAll(closed(base(SandboxLimits.STANDARD.tmpBytes()), List.of("/usr/bin/true")));
        return List.copyOf(argv);
    }

    private List<String> closed(List<String> argv, List<String> command) {
        argv.addAll(List.of("--remount-ro", "/"));
        switch (user) {
            case ORDINARY -> argv.add("--");
            case ROOT -> {
                // Kept for the one step in which root becomes the sandbox's user, gone with it.
                for (String capability : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
                    argv.addAll(List.of("--cap-add", capability));
                }
                argv.addAll(List.of("--", "/usr/bin/setpriv", "--reuid", "" + UID, "--regid", "" + UID));
                argv.addAll(
                        List.of("--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--"));
            }
        }
        argv.addAll(command);
        return List.copyOf(argv);
    }

    private static List<String> rootEntry(Path path) {
        if (Files.isSymbolicLink(path)) {
            return List.of("--symlink", "usr/" + path.getFileName(), path.toString());
        }
        return List.of("--ro-bind-try", path.toString(), path.toString());
    }
}
