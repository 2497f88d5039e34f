package dev.titan.sandboxd.http;

import dev.titan.sandboxd.egress.Egress;
import dev.titan.sandboxd.egress.EgressVariables;
import dev.titan.sandboxd.egress.Forwarder;
import dev.titan.sandboxd.exec.Commands;
import dev.titan.sandboxd.file.JournalledWrites;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.file.WorkspaceFiles;
import dev.titan.sandboxd.file.WorkspaceListing;
import dev.titan.sandboxd.life.Lease;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The daemon at work. All its threads are started before it listens: when a command has used up the processes of the
 * sandbox, no thread can be had any more, and killing that command must still work.
 */
public final class Daemon {

    /** How often the lease is looked at, so how much too late it may end. */
    private static final long LEASE_CHECK_MS = 250;

    private Daemon() {}

    /**
     * Starts to serve and returns.
     *
     * @param egress the way out, where there is one
     * @param end ends the daemon and everything it started
     */
    public static void serve(
            String sandboxId, Path root, Path socket, Optional<Egress> egress, Lease lease, Runnable end)
            throws IOException {
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ScheduledExecutorService timer = loop.next();
        var work = Threads.started("sandboxd-work", Threads.WORKERS);
        Workspace workspace = new Workspace(root);
        WorkspaceFiles files = new WorkspaceFiles(workspace);
        Commands commands = new Commands(
                workspace,
                timer,
                Threads.started("sandboxd-kill", 1),
                () -> egress.map(EgressVariables::of).orElse(Map.of()));
        Routes routes = new Routes(
                new ExecRoutes(commands, work),
                new FileRoutes(files, new WorkspaceListing(workspace), new JournalledWrites(files), work),
                new CheckpointRoutes(workspace, work),
                new LifeRoutes(sandboxId, lease, work));
        if (egress.isPresent()) {
            Forwarder.listen(loop, egress.get());
        }
        new HttpServer(routes, lease, end).listen(loop, socket);
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    if (lease.over()) {
                        end.run();
                    }
                },
                LEASE_CHECK_MS,
                LEASE_CHECK_MS,
                TimeUnit.MILLISECONDS);
    }
}
