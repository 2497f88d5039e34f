package dev.titan.sandbox.local;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The first process inside a sandbox, as bubblewrap reports it. The kernel ends everything inside with it, so when it is
 * gone, all is. It is only watched, never killed by its number: the {@link Anchor} takes it along.
 *
 * @param process who it is
 */
record InitProcess(ProcessIdentity process) {

    /** Reads bubblewrap's report; empty when there is none or the process is gone. */
    static Optional<InitProcess> read(Path info) {
        try {
            JsonNode pid = TitanJson.mapper().readTree(Files.readString(info)).path("child-pid");
            return ProcessIdentity.of(pid.asLong(0)).map(InitProcess::new);
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
