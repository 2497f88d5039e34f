package dev.titan.tools.shell.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The policy for tests; its native library is unpacked once per machine. */
public final class TestPolicy {

    private TestPolicy() {}

    public static CommandPolicy create() {
        return new CommandPolicy(new BashSyntax(Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib")));
    }

    /** Returns the lines of a corpus beside this class. */
    static List<String> lines(String name) throws IOException {
        try (InputStream corpus = Objects.requireNonNull(TestPolicy.class.getResourceAsStream(name), name)) {
            return new String(corpus.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
