package dev.titan.benchmarks.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The engine's own command line. */
public final class DockerCommandLine {

    private DockerCommandLine() {}

    /** Runs {@code true} in a container that is made for it and removed after it. */
    public static void runTrue() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("docker", "run", "--rm", PlainContainer.IMAGE, "true")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("docker run failed: " + said.strip());
        }
    }
}
