package dev.titan.e2e;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.EmbeddedStack;
import dev.titan.dev.EmbeddedStackOptions;
import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.dev.postgres.PostgresBinaries;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of production, of which one role is in danger: PostgreSQL, Temporal and a process with the roles api and worker
 * stay, and sandbox hosts come and go as a test wishes.
 */
final class SplitSystem implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Map<String, String> settings;
    private final TemporalUi temporal;
    private final TitanProcess api;

    private SplitSystem(Map<String, String> wanted, ModelScript... scripts) {
        try {
            ScriptedModelServer model = opened(ScriptedModelServer.start(List.of(scripts)));
            TestHome stackHome = opened(TestHome.create());
            EmbeddedStack stack = opened(stack(stackHome, StackPorts.ANY));
            TestHome home = opened(TestHome.create());
            this.settings = new HashMap<>(settings(stack.temporal().target(), stack.postgres(), model));
            this.settings.putAll(wanted);
            this.temporal = TemporalUi.of(stackHome);
            this.api = opened(
                    TitanProcess.start(home.path(), TestPorts.free(), settings, List.of("--roles", "api,worker")));
            api.awaitReady();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts it with settings for every role, without a sandbox host. */
    static SplitSystem start(Map<String, String> settings, ModelScript... scripts) {
        return new SplitSystem(settings, scripts);
    }

    /** Starts the sandbox role in a process of its own; a home is a host. It is the caller's to end. */
    TitanProcess sandboxRole(TestHome home, SandboxKind sandbox, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("TITAN_SANDBOX", sandbox.setting());
        all.putAll(further);
        return TitanProcess.start(home.path(), TestPorts.free(), all, List.of("--roles", "sandbox"));
    }

    RunningTask submit(String goal) {
        return new RunningTask(api.client(), api.client().submit(Map.of("goal", goal)));
    }

    TemporalUi temporal() {
        return temporal;
    }

    /** Returns where Temporal itself answers. */
    String temporalAddress() {
        return requireNonNull(settings.get("TEMPORAL_ADDRESS"));
    }

    /** Returns the settings of a process that uses these. */
    static Map<String, String> settings(String temporal, PostgresAddress database, ScriptedModelServer model) {
        Map<String, String> settings = new HashMap<>(TitanSystem.modelSettings(model));
        settings.put("DATABASE_URL", database.jdbcUrl());
        settings.put("DATABASE_USER", database.user());
        settings.put("DATABASE_PASSWORD", database.password());
        settings.put("TEMPORAL_ADDRESS", temporal);
        settings.put("TITAN_API_DEVKEY", "true");
        return settings;
    }

    /** Starts Temporal and PostgreSQL in a home, on these ports. */
    static EmbeddedStack stack(TestHome home, StackPorts ports) {
        try {
            // A test home wishes for any ports; here the wish is the caller's.
            Files.delete(home.path().resolve("ports.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return EmbeddedStack.start(new EmbeddedStackOptions(
                new TitanHome(home.path()),
                ports,
                PostgresBinaries.shared(),
                FetchPolicy.FETCH,
                System.getenv(),
                System.out::println));
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the system under test did not close", e);
            }
        }
    }
}
