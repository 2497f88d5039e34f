package dev.titan.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of {@code POST /v1/tasks} as the command line says it. */
final class TaskBody {

    private final Map<String, Object> body = new LinkedHashMap<>();

    TaskBody(String goal) {
        body.put("goal", goal);
    }

    /**
     * Adds files for the workspace. A relative path is kept, so that a project keeps its shape; of any other only the
     * name.
     *
     * @throws IllegalArgumentException when one is not a readable text file, or two get the same path
     */
    TaskBody files(List<Path> files) {
        Map<String, String> contents = new LinkedHashMap<>();
        for (Path file : files) {
            if (contents.put(pathInWorkspace(file), text(file)) != null) {
                throw new IllegalArgumentException(
                        "two files would be %s in the workspace".formatted(pathInWorkspace(file)));
            }
        }
        if (!contents.isEmpty()) {
            body.put("context", Map.of("files", contents));
        }
        return this;
    }

    /** Adds commands that must exit with 0 at the end. */
    TaskBody checks(List<String> commands) {
        if (!commands.isEmpty()) {
            body.put(
                    "success_criteria",
                    commands.stream()
                            .map(command -> Map.of("says", command, "command", command))
                            .toList());
        }
        return this;
    }

    TaskBody options(TaskOptions options) {
        options.addTo(body);
        return this;
    }

    Map<String, Object> toMap() {
        return body;
    }

    private static String pathInWorkspace(Path file) {
        Path path = file.normalize();
        boolean kept = !path.isAbsolute() && !path.startsWith("..");
        return (kept ? path : path.getFileName()).toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("%s is not a text file in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read".formatted(file), e);
        }
    }
}
