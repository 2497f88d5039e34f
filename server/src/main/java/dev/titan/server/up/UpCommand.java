package dev.titan.server.up;

import dev.titan.cli.ServerStartException;
import dev.titan.dev.home.TitanHome;
import dev.titan.server.role.Role;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code titan up}: runs a server until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Run the server. Without DATABASE_URL and TEMPORAL_ADDRESS it brings its own.")
public final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description = "What this process does: api, worker, sandbox; default: all.")
    List<String> roles = List.of(Role.API, Role.WORKER, Role.SANDBOX);

    @Option(names = "--port", description = "The API's port; default: ${DEFAULT-VALUE}.", defaultValue = "3000")
    int port = 3000;

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        var options = new UpOptions(roles, port, TitanHome.of(System.getenv()).path());
        try {
            ServerLaunch server = ServerLaunch.start(options, System.getenv(), line -> {
                out.println(line);
                out.flush();
            });
            if (roles.contains(Role.API)) {
                out.printf("titan     %s  (stop with Ctrl-C)%n", server.api());
            } else {
                out.printf("titan     %s running (stop with Ctrl-C)%n", String.join(", ", roles));
            }
            out.flush();
            server.awaitClosed();
            return 0;
        } catch (ServerStartException e) {
            System.err.println("titan: " + e.getMessage());
            return 1;
        }
    }
}
