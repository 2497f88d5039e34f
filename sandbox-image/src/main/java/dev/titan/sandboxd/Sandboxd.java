package dev.titan.sandboxd;

import dev.titan.sandboxd.exec.Commands;
import dev.titan.sandboxd.http.Daemon;
import dev.titan.sandboxd.life.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program. Prints {@code ready} when it answers; ends when its lease is over, when told to, or on SIGTERM. */
public final class Sandboxd {

    /** BSD sysexits: the command line is wrong. */
    private static final int EXIT_USAGE = 64;

    /** It could not start. */
    private static final int EXIT_FAILED = 1;

    /** The option that makes the program a {@link Tunnel} to a daemon that runs. */
    private static final String TUNNEL = "--tunnel";

    private Sandboxd() {}

    public static void main(String[] arguments) {
        try {
            if (arguments.length == 2 && arguments[0].equals(TUNNEL)) {
                Tunnel.run(Path.of(arguments[1]));
                Runtime.getRuntime().halt(0);
            }
            SandboxdOptions options = SandboxdOptions.parse(List.of(arguments));
            Lease lease = new Lease(options.lease(), options.ttl(), System::nanoTime);
            Daemon.serve(
                    options.id(),
                    options.root(),
                    options.socket(),
                    options.egress(),
                    lease,
                    () -> end(options.socket()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> clearAway(options.socket()), "sandboxd-shutdown"));
            System.out.println("ready");
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(EXIT_USAGE);
        } catch (IOException e) {
            System.err.println("titan-sandboxd: " + e);
            Runtime.getRuntime().halt(EXIT_FAILED);
        }
    }

    /** Not by exit: that starts a thread for each hook, and a sandbox whose processes are used up has none to give. */
    private static void end(Path socket) {
        clearAway(socket);
        Runtime.getRuntime().halt(0);
    }

    private static void clearAway(Path socket) {
        Commands.killEverything();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            System.err.println("titan-sandboxd: the socket stays: " + e);
        }
    }
}
