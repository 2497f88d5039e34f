package dev.titan.dev.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends signals to processes that need not be our own children. */
final class Signals {

    private static final Duration KILL_COMMAND_WITHIN = Duration.ofSeconds(5);

    private Signals() {}

    /**
     * Sends the signal when that very process still runs. The shell's builtin is used because the JDK can send TERM and
     * KILL only, and {@code /bin/kill} is not on every machine.
     */
    static void send(ProcessIdentity target, StopSignal signal) throws InterruptedException {
        if (!target.alive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder(
                            "sh", "-c", "kill -s \"$1\" \"$2\"", "kill", signal.name(), target.pid() + "")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(KILL_COMMAND_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new IllegalStateException("no shell to send " + signal + " to process " + target.pid(), e);
        }
    }
}
