package dev.titan.sandbox.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Docker's own client. */
public final class Docker {

    private Docker() {}

    /** What it printed and how it ended. */
    public record Answer(int exit, String text) {}

    public static Answer run(String... arguments) throws IOException {
        return run(List.of(arguments));
    }

    static Answer run(List<String> arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(arguments);
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.onExit().join().exitValue(), text);
    }
}
