package dev.titan.e2e;

import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.HomeProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reaches from outside into the directory of a command that runs in a sandbox, so that a test says when it ends and no
 * command has to be long enough for a slow machine.
 *
 * @param mark digits that no other process of this machine has on its command line
 */
record InsideCommand(String mark) {

    /** Returns one with a new mark. */
    static InsideCommand create() {
        return new InsideCommand(
                "mark%09d".formatted(ThreadLocalRandom.current().nextInt(1_000_000_000)));
    }

    /** Returns a shell condition that holds until {@link #release()}; the mark is part of it. */
    String isHeld() {
        return "[ ! -e %s ]".formatted(mark);
    }

    /** Waits for the command and makes the condition false in every sandbox that runs it. */
    void release() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> HomeProcesses.mentioning(mark).stream()
                                .filter(this::releases)
                                .count()
                        > 0);
    }

    private boolean releases(ProcessHandle process) {
        try {
            Path directory = Path.of("/proc", Long.toString(process.pid()), "cwd");
            Files.writeString(directory.resolve(mark), "");
            return true;
        } catch (IOException ended) {
            return false;
        }
    }
}
