package dev.titan.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the command line against a server and keeps what it prints. */
final class Terminal {

    private static final ServerStarter NONE = _ -> {
        throw new IllegalStateException("no server is to be started");
    };

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();
    private final SmallServer server;

    Terminal(SmallServer server) {
        this.server = server;
    }

    /** Returns the exit status; the server is named wherever a command takes it. */
    int titan(String... arguments) {
        CommandLine command =
                TitanCommand.create(NONE, new Output(new Screen(stream(screen), false), stream(data), stream(notes)));
        command.setErr(new PrintWriter(errors, true));
        Stream<String> named = arguments.length > 1
                ? Stream.of("--server", server.url().toString(), "--api-key", "secret")
                : Stream.empty();
        return command.execute(Stream.concat(Arrays.stream(arguments), named).toArray(String[]::new));
    }

    String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    String data() {
        return data.toString(StandardCharsets.UTF_8);
    }

    String notes() {
        return notes.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return errors.toString();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
