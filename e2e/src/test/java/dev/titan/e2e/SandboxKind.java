package dev.titan.e2e;

import dev.titan.testing.system.HomeProcesses;
import dev.titan.testing.system.ShellOutput;
import dev.titan.testing.system.TestHome;
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

    /** Ends every running sandbox of this home from outside, behind Titan's back; those of its pool may stay. */
    void killSandboxes(TestHome home) {
        switch (this) {
            case DOCKER -> home.containers().forEach(id -> ShellOutput.of("docker", "kill", id));
            case LOCAL ->
                HomeProcesses.running(home.path(), "/run/").stream()
                        .filter(process -> process.info().command().orElse("").endsWith("bwrap"))
                        .forEach(ProcessHandle::destroyForcibly);
        }
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
