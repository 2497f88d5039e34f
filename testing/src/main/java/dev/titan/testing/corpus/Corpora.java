package dev.titan.testing.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The corpora: {@code titan.corpora}, else {@code shared/corpora} beside the checkout. Where one is missing its tests
 * have nothing to try, and say so loudly.
 */
public final class Corpora {

    private Corpora() {}

    /** Returns the file or folder of that path within the corpora, whether or not it exists. */
    public static Path path(String within) {
        String root = System.getProperty("titan.root", ".");
        String set = System.getProperty("titan.corpora", "");
        Path corpora = set.isBlank() ? Path.of(root, "..", "shared", "corpora") : Path.of(set);
        return corpora.toAbsolutePath().normalize().resolve(within);
    }

    /** Returns the lines of a corpus file; none, with a message nobody overlooks, when it is not there. */
    public static List<String> lines(String within) {
        Path file = path(within);
        if (!Files.exists(file)) {
            System.out.printf(
                    "%n*** NO CORPUS AT %s: what it holds is NOT tried. Set -Dtitan.corpora=DIR. ***%n%n", file);
            return List.of();
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
