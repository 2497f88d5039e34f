package dev.titan.sandboxd.selftest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the sandbox is said to be limited to.
 *
 * @param memoryBytes memory
 * @param cpus processors' worth of time
 * @param processesMax processes and threads
 * @param openFilesMax open files of one process
 * @param workBytes size of the workspace
 * @param workFilesMax files in the workspace
 * @param hostName what the sandbox calls itself
 * @param nowMs the host's clock when this was started, in milliseconds since 1970
 */
record SelfTestOptions(
        long memoryBytes,
        double cpus,
        int processesMax,
        int openFilesMax,
        long workBytes,
        int workFilesMax,
        String hostName,
        long nowMs) {

    static final String USAGE =
            "usage: titan-selftest --memory-bytes <n> --cpus <n> --processes <n> --open-files <n> --work-bytes <n> --work-files <n> --host-name <name> --now-ms <n>";

    private static final Set<String> NAMES = Set.of(
            "--memory-bytes",
            "--cpus",
            "--processes",
            "--open-files",
            "--work-bytes",
            "--work-files",
            "--host-name",
            "--now-ms");

    /** Reads the command line; a wrong one is an {@link IllegalArgumentException}. */
    static SelfTestOptions parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int index = 0; index + 1 < arguments.size(); index += 2) {
            values.put(arguments.get(index), arguments.get(index + 1));
        }
        if (arguments.size() != 2 * NAMES.size() || !values.keySet().equals(NAMES)) {
            throw new IllegalArgumentException(USAGE);
        }
        return new SelfTestOptions(
                Long.parseLong(values.getOrDefault("--memory-bytes", "")),
                Double.parseDouble(values.getOrDefault("--cpus", "")),
                Integer.parseInt(values.getOrDefault("--processes", "")),
                Integer.parseInt(values.getOrDefault("--open-files", "")),
                Long.parseLong(values.getOrDefault("--work-bytes", "")),
                Integer.parseInt(values.getOrDefault("--work-files", "")),
                values.getOrDefault("--host-name", ""),
                Long.parseLong(values.getOrDefault("--now-ms", "")));
    }
}
