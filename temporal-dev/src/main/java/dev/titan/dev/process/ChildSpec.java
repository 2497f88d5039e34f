package dev.titan.dev.process;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A child to keep running.
 *
 * @param name for messages and threads
 * @param command program and arguments
 * @param environment all of its environment; nothing is inherited, so no API key of the parent reaches a child
 * @param log file that takes its output, appended to
 * @param pidFile file it is found again by
 * @param stop signal that ends it in good order
 * @param stopWithin time it gets for that before it is killed
 * @param readyWithin time it gets from its start to its first healthy answer
 * @param health tells whether it does its work
 */
public record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Path pidFile,
        StopSignal stop,
        Duration stopWithin,
        Duration readyWithin,
        HealthProbe health) {

    public ChildSpec {
        requireNonNull(name, "name is null");
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        requireNonNull(log, "log is null");
        requireNonNull(pidFile, "pidFile is null");
        requireNonNull(stop, "stop is null");
        requireNonNull(stopWithin, "stopWithin is null");
        requireNonNull(readyWithin, "readyWithin is null");
        requireNonNull(health, "health is null");
    }

    /** Returns a hash of the command: a child started by another one (an older Titan's) is replaced, not adopted. */
    String fingerprint() {
        try {
            byte[] text = String.join("\0", command).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
