package dev.titan.sandboxd.file;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.corpus.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree and the cases of the path-traversal corpus, which lives beside the repository. */
final class PathFixture {

    private PathFixture() {}

    static List<Case> cases() {
        return Corpora.lines("path-traversal/cases.jsonl").stream()
                .map(line -> TitanJson.mapper().readValue(line, Case.class))
                .toList();
    }

    /** Makes the tree below {@code parent} and returns its root. */
    static Path plant(Path parent) throws IOException {
        Path root = Files.createDirectories(parent.resolve("root"));
        Tree tree =
                TitanJson.mapper().readValue(Files.readString(Corpora.path("path-traversal/fixture.json")), Tree.class);
        for (Item item : tree.entries()) {
            Path path = root.resolve(item.path());
            Files.createDirectories(path.resolve("..").normalize());
            switch (item.type()) {
                case "dir" -> Files.createDirectories(path);
                case "symlink" -> Files.createSymbolicLink(path, Path.of(String.valueOf(item.target())));
                default -> Files.writeString(path, String.valueOf(item.content()));
            }
        }
        return root;
    }

    record Case(String id, String path, String op, String verdict, String why) {}

    record Tree(List<Item> entries) {}

    record Item(
            String path,
            String type,
            @Nullable String content,
            @Nullable String target) {}
}
