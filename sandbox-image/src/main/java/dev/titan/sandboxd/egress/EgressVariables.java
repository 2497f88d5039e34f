package dev.titan.sandboxd.egress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables that the host gives the commands of this sandbox: lines of {@code NAME=value} in a file that no command
 * can write. Read for each command, because a sandbox does not know its task when it starts.
 */
public final class EgressVariables {

    private EgressVariables() {}

    /** Returns them; none while the host has not said anything. */
    public static Map<String, String> of(Egress egress) {
        Path file = egress.environment();
        Map<String, String> variables = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    variables.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException none) {
            return Map.of();
        }
        return variables;
    }
}
