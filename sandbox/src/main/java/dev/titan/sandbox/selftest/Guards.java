package dev.titan.sandbox.selftest;

import dev.titan.sandbox.SandboxProvider.Unenforced;
import java.util.Optional;

/** Which limit or guard a probe of the self-test is about, and what can be done where it is missing. */
final class Guards {

    private Guards() {}

    /** Returns what a provider would declare when the probe of that name cannot hold; empty when it always has to. */
    static Optional<Unenforced> behind(String probe) {
        return Optional.ofNullable(
                switch (probe) {
                    case "memory_limited" -> Unenforced.MEMORY;
                    case "cpu_limited" -> Unenforced.CPUS;
                    case "processes_limited" -> Unenforced.PROCESSES;
                    case "workspace_size_limited" -> Unenforced.WORK_BYTES;
                    case "workspace_files_limited" -> Unenforced.WORK_FILES;
                    case "tmp_runs_nothing" -> Unenforced.TMP_PROGRAMS;
                    case "system_call_filter" -> Unenforced.SYSTEM_CALLS;
                    case "loopback_only", "no_route", "no_metadata_service" -> Unenforced.NETWORK;
                    default -> null;
                });
    }

    static String remedy(Unenforced absent) {
        return switch (absent) {
            case MEMORY, CPUS, PROCESSES ->
                "run Titan as root on a host whose control groups it may use, or use Docker";
            case WORK_BYTES, WORK_FILES, TMP_PROGRAMS ->
                "run Titan as root on a host with loop devices and e2fsprogs, or use Docker";
            case OWN_USER -> "run Titan as root, or use Docker";
            case SYSTEM_CALLS -> "use a kernel with seccomp filters";
            case NETWORK -> "use a cluster whose network plug-in enforces network policies";
            case WAY_OUT -> "use Docker or bubblewrap for tasks with a network policy";
        };
    }

    /** What to do about a probe that has to hold on every host and does not. */
    static String remedy(String probe) {
        if (probe.startsWith("call_") || probe.startsWith("socket_") || probe.equals("system_call_filter")) {
            return "the filter of system calls is not in force: use an engine that is built with seccomp (Docker 20.10.10 or newer)";
        }
        return "the engine does not do what it is told: update it, and report this with the output of titan doctor --json";
    }
}
