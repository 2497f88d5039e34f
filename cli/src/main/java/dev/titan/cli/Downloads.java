package dev.titan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Saves artifacts below a directory, and nowhere else whatever their names say. */
final class Downloads {

    private Downloads() {}

    static void save(TitanApi api, JsonNode task, Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        for (JsonNode artifact : task.path("artifacts")) {
            Path target = root.resolve(artifact.path("name").asString()).normalize();
            if (!target.startsWith(root) || target.equals(root)) {
                continue;
            }
            Files.createDirectories(target.getParent());
            Files.write(
                    target,
                    api.artifact(task.path("id").asString(), artifact.path("id").asString()));
        }
    }
}
