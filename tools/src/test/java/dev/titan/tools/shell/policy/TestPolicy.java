package dev.titan.tools.shell.policy;

import java.nio.file.Path;

/** The policy for tests; its native library is unpacked once per machine. */
public final class TestPolicy {

    private TestPolicy() {}

    public static CommandPolicy create() {
        return new CommandPolicy(new BashSyntax(Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib")));
    }
}
