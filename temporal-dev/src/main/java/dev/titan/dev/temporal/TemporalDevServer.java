package dev.titan.dev.temporal;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.process.ChildSpec;
import dev.titan.dev.process.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Temporal's dev server with its database in a file, its UI, and the settings Titan needs, on 127.0.0.1. */
public final class TemporalDevServer {

    /** A SIGTERM takes it about three seconds (measured), more on a busy machine; then it has lost nothing by a kill. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    /** 1.2 s with a new database, 0.75 s with an old one (measured); the rest is for busy machines. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /**
     * A log written ahead, which the disk has before a commit is done: as durable as the server's own choice, a journal of old
     * pages that is made and removed with every transaction, at a quarter of its waits for the disk.
     */
    private static final List<String> SQLITE = List.of("journal_mode=WAL", "synchronous=FULL");

    /** The variable by which Go's runtime learns how many threads may run its code at once. */
    private static final String GO_PROCESSORS = "GOMAXPROCS";

    private final TitanHome home;
    private final TemporalCli.Found cli;
    private final StackPorts ports;
    private final Map<String, String> dynamicConfig;

    /** Creates the server of that home, with Titan's settings. */
    public TemporalDevServer(TitanHome home, TemporalCli.Found cli, StackPorts ports) {
        this(home, cli, ports, DynamicConfig.values());
    }

    TemporalDevServer(TitanHome home, TemporalCli.Found cli, StackPorts ports, Map<String, String> dynamicConfig) {
        this.home = requireNonNull(home, "home is null");
        this.cli = requireNonNull(cli, "cli is null");
        this.ports = requireNonNull(ports, "ports is null");
        this.dynamicConfig = Collections.unmodifiableMap(new TreeMap<>(dynamicConfig));
    }

    /** Returns how to reach it. */
    public TemporalService.Persistent service() {
        return new TemporalService.Persistent("127.0.0.1:" + ports.temporal(), ui());
    }

    /** Returns the server as a child to supervise. */
    public ChildSpec child() throws IOException {
        Path data = home.temporal().resolve("data");
        if (!Files.isDirectory(data)) {
            Files.createDirectories(home.temporal());
            Files.createDirectory(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return new ChildSpec(
                "Temporal",
                command(data),
                environment(data),
                home.logs().resolve("temporal.log"),
                pidFile(home),
                StopSignal.TERM,
                STOP_WITHIN,
                READY_WITHIN,
                new TemporalProbe(ui()));
    }

    /** Returns the file the server of that home is found again by. */
    public static Path pidFile(TitanHome home) {
        return home.temporal().resolve("temporal.pid");
    }

    private URI ui() {
        return URI.create("http://127.0.0.1:" + ports.temporalUi());
    }

    /**
     * Half of the processors are its own: it shares them with Titan, PostgreSQL and the sandboxes, and threads that look for
     * work keep those from theirs. Some 4 % of a step on two processors, and eight tasks at once take no longer (measured).
     */
    private static Map<String, String> environment(Path data) {
        Map<String, String> ours = System.getenv();
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return Map.of(
                "PATH",
                ours.getOrDefault("PATH", "/usr/bin:/bin"),
                "HOME",
                data.toString(),
                GO_PROCESSORS,
                ours.getOrDefault(GO_PROCESSORS, Integer.toString(half)));
    }

    private List<String> command(Path data) {
        List<String> line = new ArrayList<>(List.of(
                cli.program().toString(),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(ports.temporal()),
                "--ui-ip",
                "127.0.0.1",
                "--ui-port",
                Integer.toString(ports.temporalUi()),
                "--db-filename",
                data.resolve("temporal.db").toString()));
        SQLITE.forEach(pragma -> {
            line.add("--sqlite-pragma");
            line.add(pragma);
        });
        SearchAttributes.types().forEach((name, type) -> {
            line.add("--search-attribute");
            line.add(name + "=" + SearchAttributes.cliName(type));
        });
        dynamicConfig.forEach((key, value) -> {
            line.add("--dynamic-config-value");
            line.add(key + "=" + value);
        });
        return line;
    }
}
