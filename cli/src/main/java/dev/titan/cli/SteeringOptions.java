package dev.titan.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What the commands that steer a task have in common: each is taken once, however often it has to be sent. */
final class SteeringOptions {

    /** A worker that has crashed is replaced within some ten seconds, and a task begins within one. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofMillis(500);

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Names the command: repeated under the same key it is one. Default: a new key.")
    @Nullable
    String key;

    @Mixin
    ServerOptions server = new ServerOptions();

    /** Sends a command. */
    interface Sending {

        /** Returns the answer of the server. */
        JsonNode under(String key) throws InterruptedException;
    }

    /**
     * Gives a command until the task has taken or refused it.
     *
     * @throws ApiException.Unreachable when the task does not answer for long; it may have taken the command all the same
     */
    JsonNode give(Sending command) throws InterruptedException {
        String name = key == null ? UUID.randomUUID().toString() : key;
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return command.under(name);
            } catch (ApiException.Unreachable e) {
                if (!e.answered()) {
                    throw e;
                }
                if (Instant.now().isAfter(end)) {
                    throw new ApiException.Unreachable(
                            "%s It may have been taken all the same: repeat it with --idempotency-key %s"
                                    .formatted(e.getMessage(), name));
                }
                Thread.sleep(AGAIN);
            }
        }
    }
}
