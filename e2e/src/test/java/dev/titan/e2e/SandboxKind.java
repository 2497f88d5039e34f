package dev.titan.e2e;

import dev.titan.testing.system.ShellOutput;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Where tools run in a test. */
enum SandboxKind {
    DOCKER("docker", "docker version"),
    LOCAL("local", "bwrap --ro-bind / / true");

    private final String setting;
    private final String probe;

    SandboxKind(String setting, String probe) {
        this.setting = setting;
        this.probe = probe;
    }

    /** Returns the value of {@code TITAN_SANDBOX}; without the engine the full suite fails and a quick run skips. */
    String setting() {
        ShellOutput answer = ShellOutput.of(probe.split(" ", -1));
        if (answer.status() != 0) {
            String message = "%s does not work here: %s".formatted(probe, answer.text());
            Assumptions.assumeFalse(Boolean.getBoolean("titan.skipMissing"), message);
            Assertions.fail(message);
        }
        return setting;
    }
}
