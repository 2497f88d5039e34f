package dev.titan.testing.system;

import dev.titan.dev.EmbeddedStackOptions;
import dev.titan.dev.postgres.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of the built jar, {@code up} with whatever roles and settings a test wants. It writes its output to a
 * file under its home, which a failing test shows.
 */
public final class TitanProcess implements AutoCloseable {

    /** The first start of a home makes two databases; the machine may be busy with other tests. */
    private static final Duration READY_MAX = Duration.ofMinutes(2);

    /** Temporal takes three seconds to stop, PostgreSQL one. */
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private final Path home;
    private final Path log;
    private final int port;
    private final Process process;

    private TitanProcess(Path home, Path log, int port, Process process) {
        this.home = home;
        this.log = log;
        this.port = port;
        this.process = process;
    }

    /** Starts {@code titan up} with this home on a free port and returns when it is ready. */
    public static TitanProcess up(Path home, Map<String, String> environment) {
        TitanProcess started = start(home, TestPorts.free(), environment, List.of());
        try {
            started.awaitReady();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Starts {@code titan up} with further arguments, such as {@code --roles}, and does not wait. */
    public static TitanProcess start(Path home, int port, Map<String, String> environment, List<String> arguments) {
        try {
            return start(QuickStart.ofTheBuiltJar(), home, port, environment, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it with the options of the JVM that users' servers have, for what is measured. */
    public static TitanProcess serve(Path home, int port, Map<String, String> environment, List<String> arguments) {
        try {
            return start(QuickStart.asServed(), home, port, environment, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it with a start of its own, so that one can be recorded. */
    static TitanProcess start(
            QuickStart start, Path home, int port, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path log = home.resolve("titan-%d.out".formatted(port));
        List<String> command = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
        command.addAll(arguments);
        return new TitanProcess(home, log, port, launch(start, home, log, environment, command));
    }

    /** Starts the jar; the home is on its command line, so that {@link HomeProcesses} finds it. */
    static Process launch(Path home, Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return launch(QuickStart.ofTheBuiltJar(), home, log, environment, arguments);
    }

    private static Process launch(
            QuickStart start, Path home, Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtitan.test.home=" + home));
        command.addAll(start.options());
        command.addAll(List.of("-jar", start.jar().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("TITAN_HOME", home.toString());
        settings.put(
                EmbeddedStackOptions.POSTGRES_BINARIES,
                PostgresBinaries.shared().toString());
        builder.environment().keySet().removeIf(TitanProcess::isSetting);
        builder.environment().putAll(settings);
        return builder.start();
    }

    /** What the developer's own shell says must not reach the process under test. */
    private static boolean isSetting(String variable) {
        return variable.startsWith("LLM_")
                || (variable.startsWith("TITAN_") && !variable.equals("TITAN_TEMPORAL_CLI"))
                || variable.startsWith("TEMPORAL_")
                || variable.startsWith("DATABASE_")
                || variable.endsWith("_API_KEY");
    }

    /** Returns the program that runs this very test. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Returns the built jar; the system property {@code titan.root} is set by the build. */
    public static Path jar() {
        Path jar = Path.of(System.getProperty("titan.root", "."), "server", "target", "titan.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("%s is missing: build it with mvn package".formatted(jar));
        }
        return jar;
    }

    /** Waits until {@code /ready} answers 200; fails with the output when the process ends instead. */
    public void awaitReady() {
        Instant deadline = Instant.now().plus(READY_MAX);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "titan ended with status %d:%n%s".formatted(process.exitValue(), output()));
                }
                if (answersReady(http)) {
                    return;
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("titan is not ready after %s, /ready says %s:%n%s"
                            .formatted(READY_MAX, client().send("GET", "/ready", ""), output()));
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for titan", e);
        }
    }

    private boolean answersReady(HttpClient http) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(api().resolve("/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the base address of the API. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns a client with the development key. */
    public TitanClient client() {
        return new TitanClient(api(), "dev-key-123");
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public Path home() {
        return home;
    }

    /** Returns what the process has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no output: %s)".formatted(e.getMessage());
        }
    }

    /** Ends the process as a power cut would: nothing of it gets to clean up. Its children go on. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Lets the process live for some more time and ends it then as a power cut would. */
    public void killIn(Duration time) {
        try {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "titan ended by itself with status %d:%n%s".formatted(process.exitValue(), output()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while titan lived", e);
        }
        kill();
    }

    /** Returns whether the process is still there. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Asks the process to stop, as an init system does, and returns its exit status. */
    public int stop() {
        return stop(STOP_MAX);
    }

    int stop(Duration within) {
        process.destroy();
        try {
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("titan did not stop within %s:%n%s".formatted(within, output()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while titan stopped", e);
        }
    }

    /** Asks the process to stop and waits for it; then ends whatever still runs for this home. */
    @Override
    public void close() {
        try {
            stop();
        } catch (IllegalStateException e) {
            process.destroyForcibly();
        }
        HomeProcesses.kill(home);
    }
}
