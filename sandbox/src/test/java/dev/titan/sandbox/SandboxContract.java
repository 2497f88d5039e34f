package dev.titan.sandbox;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every provider promises, run against the real engine and the real daemon. One theme is one interface. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxContract
        implements SandboxLifeContract, SandboxLossContract, CommandContract, FileContract, LockContract {

    private Path directory;
    private OneSandbox shared;

    @BeforeAll
    void create(@TempDir Path home) {
        directory = home;
        shared = OneSandbox.create(this::open, home, SandboxLimits.STANDARD);
    }

    @AfterAll
    void destroy() {
        shared.close();
    }

    @Override
    public final OneSandbox shared() {
        return shared;
    }

    @Override
    public final Path directory() {
        return directory;
    }
}
