package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A process whose parent is gone does not stay in the table when it ends: somebody inside waits for it. */
final class OrphansReaped implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    /** Leaves a child behind that ends once its parent is gone, and says which. Its output must not be held open. */
    private static final String ORPHAN = "(while [ -d /proc/$$ ]; do :; done) >/dev/null 2>&1 & echo $!";

    @Override
    public String name() {
        return "orphans_reaped";
    }

    @Override
    public String checks() {
        return "orphans do not become zombies";
    }

    @Override
    public Verdict run() throws IOException {
        Path orphan =
                Path.of("/proc", Children.run("/bin/sh", "-c", ORPHAN).output().strip());
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(orphan) && System.nanoTime() - giveUp < 0) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Files.exists(orphan) ? Verdict.fails("one is still there after 5 s") : Verdict.holds("gone");
    }
}
