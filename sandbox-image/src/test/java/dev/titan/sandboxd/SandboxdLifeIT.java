package dev.titan.sandboxd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.FileReply.Written;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the daemon lives and ends, and its files, as it was built. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must show where
@Tag("sandboxd")
class SandboxdLifeIT {

    private static final byte[] NOTHING = {};
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory = Path.of("");

    @Test
    void endsWithEverythingWhenNobodyAsksAnyMore() throws IOException {
        endsEverything(DaemonProcess.start(directory, Duration.ofSeconds(6), LONG), () -> {});
    }

    @Test
    void endsWithEverythingAtItsHardLimitThoughItIsAsked() throws IOException {
        DaemonProcess daemon = DaemonProcess.start(directory, LONG, Duration.ofSeconds(8));
        endsEverything(
                daemon,
                () -> await().ignoreExceptions()
                        .until(() -> !daemon.process().isAlive()
                                || daemon.ask("GET", SandboxdRoute.HEALTH, NOTHING)
                                                .status()
                                        == 0));
    }

    @Test
    void endsWithEverythingOnSigterm() throws IOException {
        DaemonProcess daemon = DaemonProcess.start(directory);
        endsEverything(daemon, daemon.process()::destroy);
    }

    @Test
    void endsWithEverythingWhenTold() throws IOException {
        DaemonProcess daemon = DaemonProcess.start(directory);
        endsEverything(
                daemon,
                () -> assertThat(daemon.ask("POST", SandboxdRoute.SHUTDOWN, NOTHING)
                                .status())
                        .isEqualTo(204));
    }

    @Test
    void livesOnWhileItsLeaseIsRenewed() throws IOException {
        try (DaemonProcess daemon = DaemonProcess.start(directory, Duration.ofSeconds(5), LONG)) {
            byte[] renewal = "{\"lease_ms\":60000}".getBytes(StandardCharsets.UTF_8);
            assertThat(daemon.ask("POST", SandboxdRoute.LEASE, renewal).status())
                    .isEqualTo(204);
            daemon.bash("k", "sleep 6"); // nobody asks meanwhile but the one who waits

            assertThat(daemon.ask("GET", SandboxdRoute.HEALTH, NOTHING).text())
                    .contains("\"sandbox_id\":\"sbx-under-test\"");
        }
    }

    @Test
    void letsEverybodyUseItsSocketWhoReachesIt() throws IOException {
        try (DaemonProcess daemon = DaemonProcess.start(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.socket())))
                    .isEqualTo("rw-rw-rw-");
        }
    }

    @Test
    void startsAgainWhereADeadOneLeftItsSocket() throws IOException {
        DaemonProcess dead = DaemonProcess.start(directory);
        dead.process().destroyForcibly().onExit().join();
        assertThat(dead.socket()).exists();

        try (DaemonProcess daemon = DaemonProcess.start(directory)) {
            assertThat(daemon.bash("k", "true").running()).isFalse();
        }
    }

    @Test
    void writesAFileOnceByItsKey() throws IOException {
        try (DaemonProcess daemon = DaemonProcess.start(directory)) {
            String target = SandboxdRoute.FILES + "?key=w1&path=sub/a%20b.txt";
            byte[] first = {'1', 0, (byte) 0xff};

            Written written = daemon.ask("PUT", target, first).json(Written.class);
            Files.delete(daemon.root().resolve("sub/a b.txt"));
            Written again = daemon.ask("PUT", target, first).json(Written.class);

            assertThat(written).isEqualTo(new Written("sub/a b.txt", 3, true));
            assertThat(again).isEqualTo(written);
            assertThat(daemon.root().resolve("sub/a b.txt")).doesNotExist();

            daemon.ask("PUT", target.replace("w1", "w2"), first);
            assertThat(daemon.ask("GET", SandboxdRoute.FILES + "?path=sub/a%20b.txt", NOTHING)
                            .body())
                    .isEqualTo(first);
        }
    }

    @Test
    void listsAndRefusesOverTheSocket() throws IOException {
        try (DaemonProcess daemon = DaemonProcess.start(directory)) {
            Files.writeString(daemon.root().resolve("ünï.txt"), "x");
            Files.createSymbolicLink(daemon.root().resolve("out"), Path.of("/etc/passwd"));

            assertThat(daemon.ask("GET", SandboxdRoute.FILES_LIST + "?path=.&depth=1&limit=1", NOTHING)
                            .text())
                    .contains("\"path\":\"out\",\"kind\":\"symlink\"", "\"truncated\":true");
            assertThat(daemon.ask("GET", SandboxdRoute.FILES_LIST + "?path=.", NOTHING)
                            .text())
                    .contains("\"path\":\"ünï.txt\",\"kind\":\"file\",\"bytes\":1");
            assertThat(daemon.ask("GET", SandboxdRoute.FILES + "?path=%C3%BCn%C3%AF.txt", NOTHING)
                            .text())
                    .isEqualTo("x");
            assertRefused(daemon, "out", Refusal.Kind.OUTSIDE_WORKSPACE);
            assertRefused(daemon, "../d.sock", Refusal.Kind.OUTSIDE_WORKSPACE);
            assertRefused(daemon, "/etc/passwd", Refusal.Kind.OUTSIDE_WORKSPACE);
            assertRefused(daemon, "a%00b", Refusal.Kind.INVALID_PATH);
            assertRefused(daemon, "", Refusal.Kind.INVALID_PATH);
            assertRefused(daemon, "%20/".repeat(2_100), Refusal.Kind.INVALID_PATH);
            assertRefused(daemon, "missing", Refusal.Kind.NOT_FOUND);
            assertRefused(daemon, ".", Refusal.Kind.WRONG_KIND);
            assertThat(daemon.ask("PUT", SandboxdRoute.FILES + "?key=big&path=big", new byte[9 << 20])
                            .problem())
                    .isEqualTo(Refusal.Kind.TOO_LARGE);
            assertThat(daemon.root().resolve("big")).doesNotExist();
        }
    }

    private static void assertRefused(DaemonProcess daemon, String path, Refusal.Kind kind) {
        assertThat(daemon.ask("GET", SandboxdRoute.FILES + "?path=" + path, NOTHING)
                        .problem())
                .as(path)
                .isEqualTo(kind);
    }

    /** Leaves a running command and an orphan in a session of its own behind, and expects them to go with the daemon. */
    private static void endsEverything(DaemonProcess daemon, Runnable cause) throws IOException {
        try (daemon) {
            daemon.begin("k", "(env -i setsid sleep 600 & echo $! > orphan.pid); echo $$ > main.pid; sleep 600", LONG);
            await().until(() -> Files.exists(daemon.root().resolve("main.pid"))
                    && Files.size(daemon.root().resolve("main.pid")) > 0);
            long main = pid(daemon, "main.pid");
            long orphan = pid(daemon, "orphan.pid");
            assertThat(isAlive(orphan)).isTrue();

            cause.run();

            daemon.process().onExit().orTimeout(60, TimeUnit.SECONDS).join();
            await().untilAsserted(
                            () -> assertThat(isAlive(main) || isAlive(orphan)).isFalse());
            assertThat(daemon.socket()).doesNotExist();
        }
    }

    private static long pid(DaemonProcess daemon, String file) throws IOException {
        return Long.parseLong(Files.readString(daemon.root().resolve(file)).strip());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
