package dev.titan.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Saves artifacts below a directory, and nowhere else whatever their names say or symbolic links in the directory point
 * to. One that cannot be saved does not keep the others.
 */
final class Downloads {

    private final TitanApi api;
    private final String task;
    private final Path root;

    Downloads(TitanApi api, String task, Path directory) throws IOException {
        this.api = api;
        this.task = task;
        this.root = Files.createDirectories(directory).toRealPath();
    }

    /**
     * What became of an artifact.
     *
     * @param name the artifact's name
     * @param trouble why it was not saved; absent when it was
     */
    record Saved(String name, Optional<String> trouble) {}

    List<Saved> save(List<JsonNode> artifacts) throws InterruptedException {
        List<Saved> saved = new ArrayList<>();
        for (JsonNode artifact : artifacts) {
            if (!artifact.path("kind").asString("").equals("url")) {
                saved.add(save(artifact));
            }
        }
        return saved;
    }

    private Saved save(JsonNode artifact) throws InterruptedException {
        String name = artifact.path("name").asString("");
        try {
            Path target = inside(name);
            try (InputStream content = api.open(task, artifact.path("id").asString(""));
                    OutputStream file = Files.newOutputStream(
                            target,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS)) {
                content.transferTo(file);
            }
            return new Saved(name, Optional.empty());
        } catch (InvalidPathException e) {
            return new Saved(name, Optional.of("its name is no file name here"));
        } catch (IOException | ApiException e) {
            return new Saved(name, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private Path inside(String name) throws IOException {
        Path target = root.resolve(name).normalize();
        Path parent = target.getParent();
        if (parent == null || !target.startsWith(root) || target.equals(root)) {
            throw new IOException("its name leads out of the directory");
        }
        // Nothing is created behind a link: every directory above is looked at before the next is made.
        Path at = root;
        for (Path part : root.relativize(parent)) {
            at = at.resolve(part);
            if (part.toString().isEmpty()) {
                continue;
            }
            if (Files.isSymbolicLink(at)) {
                throw new IOException("%s is a symbolic link".formatted(at));
            }
            if (!Files.isDirectory(at)) {
                Files.createDirectory(at);
            }
        }
        return target;
    }
}
