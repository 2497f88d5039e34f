package dev.titan.server.up;

import dev.titan.activities.chat.ModelSettings;
import dev.titan.cli.ServerStartException;
import dev.titan.dev.EmbeddedStack;
import dev.titan.dev.EmbeddedStackException;
import dev.titan.dev.EmbeddedStackOptions;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.dev.temporal.TemporalService;
import dev.titan.server.ServerApplication;
import dev.titan.server.role.Role;
import dev.titan.testing.model.ScriptedModelServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * A running server: the Spring application and, where no database or Temporal is configured, the embedded default below
 * it. Closing stops the application first and its children after it.
 */
public final class ServerLaunch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLaunch.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final URI api;

    private ServerLaunch(URI api) {
        this.api = api;
    }

    /**
     * Starts everything and returns when the application has started; workers and readiness may follow.
     *
     * @param options what the command line said
     * @param environment this process's environment
     * @param say takes lines for the person at the terminal
     * @throws ServerStartException when a part does not start; nothing is left running
     */
    public static ServerLaunch start(UpOptions options, Map<String, String> environment, Consumer<String> say) {
        ServerLaunch launch = new ServerLaunch(URI.create("http://127.0.0.1:" + options.port()));
        // Before anything runs: a signal in the middle of the start waits for its end, and leaves no children behind.
        Runtime.getRuntime().addShutdownHook(new Thread(launch::close));
        try {
            launch.begin(options, environment, say);
            return launch;
        } catch (EmbeddedStackException e) {
            launch.close();
            throw new ServerStartException(String.valueOf(e.getMessage()), e);
        } catch (BeansException e) {
            launch.close();
            throw new ServerStartException(
                    "%s%nThe log is %s."
                            .formatted(
                                    NestedExceptionUtils.getMostSpecificCause(e).getMessage(), log(options)),
                    e);
        }
    }

    private static Path log(UpOptions options) {
        return options.home().resolve("logs").resolve("titan.log");
    }

    /** Returns when everything has stopped. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Returns where the API answers. */
    public URI api() {
        return api;
    }

    private synchronized void begin(UpOptions options, Map<String, String> environment, Consumer<String> say) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", options.port());
        Path home = options.home();
        settings.put("titan.home", home.toString());
        settings.put("logging.file.name", log(options).toString());
        settings.put("spring.profiles.active", String.join(",", options.roles()));
        if (options.roles().contains(Role.WORKER)) {
            ModelSettings.of(environment)
                    .usualModel()
                    .ifPresentOrElse(
                            model -> say.accept("model     " + model), () -> settings.putAll(startDemoModel(say)));
        }
        if (environment.containsKey("DATABASE_URL") && environment.containsKey("TEMPORAL_ADDRESS")) {
            say.accept("temporal  " + environment.get("TEMPORAL_ADDRESS"));
        } else {
            settings.putAll(startEmbedded(environment, say));
        }
        ConfigurableApplicationContext application =
                application(options.roles()).run(arguments(settings));
        running.push(application);
    }

    /** With neither model nor key there is nobody to ask: the scripted demo answers over the real wire. */
    private Map<String, Object> startDemoModel(Consumer<String> say) {
        ScriptedModelServer demo = ScriptedModelServer.demo(0);
        running.push(demo);
        say.accept(
                "model     DEMO: scripted answers, no language model. Set LLM_MODEL and LLM_API_KEY for a real one.");
        return Map.of(
                "titan.model.name",
                "openai/" + ScriptedModelServer.MODEL,
                "titan.model.api-key",
                "demo",
                "titan.model.base-url",
                demo.baseUrl().toString());
    }

    private Map<String, Object> startEmbedded(Map<String, String> environment, Consumer<String> say) {
        EmbeddedStack stack = EmbeddedStack.start(EmbeddedStackOptions.of(environment, say));
        running.push(stack);
        stack.announce(api);
        say.accept(stack.temporal().banner());
        PostgresAddress database = stack.postgres();
        Map<String, Object> settings = new HashMap<>(Map.of(
                "spring.datasource.url", database.jdbcUrl(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", database.password(),
                "spring.temporal.connection.target", stack.temporal().target(),
                "titan.api.dev-key", "true"));
        switch (stack.temporal()) {
            case TemporalService.Persistent persistent ->
                settings.put("titan.temporal-ui", persistent.ui().toString());
            case TemporalService.InMemory _ -> {}
        }
        return settings;
    }

    private static SpringApplication application(List<String> roles) {
        SpringApplication application = new SpringApplication(ServerApplication.class);
        application.setRegisterShutdownHook(false);
        application.setWebApplicationType(
                roles.contains(Role.API) ? WebApplicationType.SERVLET : WebApplicationType.NONE);
        return application;
    }

    /** As arguments the settings are known before logging is set up, and win over every file. */
    private static String[] arguments(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new);
    }

    /** Stops in the reverse order of starting, each part whatever happens to the others. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the server did not stop in good order", e);
            }
        }
        closed.countDown();
    }
}
