package dev.titan.sandboxd.exec;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables a command starts with: a fixed set, what the host gives, what the request adds or replaces, and the mark by which its
 * processes are known. Nothing of the daemon's own environment is passed on.
 */
final class CommandEnvironment {

    /** The name of the mark. */
    static final String MARK = "TITAN_EXEC";

    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> variables = new TreeMap<>();

    CommandEnvironment(
            String home, String terminalType, Map<String, String> given, Map<String, String> added, String mark) {
        variables.put("PATH", SEARCH_PATH);
        variables.put("HOME", home);
        variables.put("LANG", "C.UTF-8");
        variables.put("TERM", terminalType);
        variables.putAll(given);
        variables.putAll(added);
        variables.put(MARK, mark);
    }

    /** Returns where programs are looked for. */
    String searchPath() {
        return variables.getOrDefault("PATH", SEARCH_PATH);
    }

    /** Returns {@code NAME=value} each, in name order. */
    List<String> assignments() {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
