package dev.titan.dev;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.home.HomeInUseException;
import dev.titan.dev.home.HomeLock;
import dev.titan.dev.home.PortBook;
import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.postgres.Durability;
import dev.titan.dev.postgres.EmbeddedPostgres;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.dev.postgres.PostgresBinaries;
import dev.titan.dev.postgres.PostgresCluster;
import dev.titan.dev.process.ChildFailedException;
import dev.titan.dev.process.ChildSpec;
import dev.titan.dev.process.ProcessIdentity;
import dev.titan.dev.process.SupervisedChild;
import dev.titan.dev.temporal.InMemoryTemporal;
import dev.titan.dev.temporal.TemporalCli;
import dev.titan.dev.temporal.TemporalCliFinder;
import dev.titan.dev.temporal.TemporalDevServer;
import dev.titan.dev.temporal.TemporalService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL and Temporal for one machine and one Titan home, kept running as children of this process: adopted when an
 * earlier parent was killed, restarted when they die, on the same ports for the life of the home. Killing this process
 * leaves them running for the next one; {@link #close()} ends them. Thread-safe.
 */
public final class EmbeddedStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStack.class);

    private final HomeLock lock;
    private final TemporalService temporal;
    private final PostgresAddress postgres;
    private final Optional<SupervisedChild> temporalChild;
    private final SupervisedChild postgresChild;
    private final Deque<AutoCloseable> running;

    private EmbeddedStack(
            HomeLock lock,
            TemporalService temporal,
            Optional<SupervisedChild> temporalChild,
            PostgresAddress postgres,
            SupervisedChild postgresChild,
            Deque<AutoCloseable> running) {
        this.lock = lock;
        this.temporal = temporal;
        this.temporalChild = temporalChild;
        this.postgres = postgres;
        this.postgresChild = postgresChild;
        this.running = running;
    }

    /**
     * Starts what is not running yet and returns when both answer.
     *
     * @throws HomeInUseException when another process supervises this home
     * @throws EmbeddedStackException when something cannot be started here
     */
    public static EmbeddedStack start(EmbeddedStackOptions options) {
        Deque<AutoCloseable> running = new ArrayDeque<>();
        try {
            return start(requireNonNull(options, "options is null"), running);
        } catch (EmbeddedStackException e) {
            closeAll(running);
            throw e;
        } catch (IOException | ChildFailedException e) {
            closeAll(running);
            throw new EmbeddedStackException("The embedded stack did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            closeAll(running);
            Thread.currentThread().interrupt();
            throw new EmbeddedStackException("Interrupted while the embedded stack started.", e);
        }
    }

    /** Returns the Temporal service; the namespace is {@code default}. */
    public TemporalService temporal() {
        return temporal;
    }

    /** Returns the database. */
    public PostgresAddress postgres() {
        return postgres;
    }

    /** Returns Temporal's process; empty between its death and the next start, and for the in-memory server. */
    public Optional<ProcessIdentity> temporalProcess() {
        return temporalChild.flatMap(SupervisedChild::process);
    }

    /** Returns PostgreSQL's process; empty between its death and the next start. */
    public Optional<ProcessIdentity> postgresProcess() {
        return postgresChild.process();
    }

    /** Records where the API answers, for whoever tries to start this home a second time. */
    public void announce(URI api) {
        try {
            lock.announce(requireNonNull(api, "api is null"));
        } catch (IOException e) {
            LOG.warn("could not record that the API answers at {}", api, e);
        }
    }

    /** Ends both in good order, Temporal first, waits until they have gone, and gives the home back. */
    @Override
    public void close() {
        closeAll(running);
    }

    private static EmbeddedStack start(EmbeddedStackOptions options, Deque<AutoCloseable> running)
            throws IOException, InterruptedException, ChildFailedException {
        refuseOtherSystems();
        TitanHome home = options.home();
        HomeLock lock = HomeLock.take(home);
        running.push(lock);
        boolean leftBehind = SupervisedChild.runs(TemporalDevServer.pidFile(home))
                || SupervisedChild.runs(EmbeddedPostgres.pidFile(home.postgres()));
        StackPorts ports = new PortBook(home).ports(options.preferredPorts(), port -> leftBehind);

        EmbeddedPostgres postgres = preparePostgres(options, ports.postgres());
        SupervisedChild postgresChild = supervise(postgres.child(home.logs()), running);
        TemporalCli cli = new TemporalCliFinder(home, options.environment(), options.fetch(), options.say()).find();
        EmbeddedStack stack = switch (cli) {
            case TemporalCli.Found found -> {
                TemporalDevServer server = new TemporalDevServer(home, found, ports);
                SupervisedChild child = supervise(server.child(), running);
                child.awaitReady();
                yield new EmbeddedStack(
                        lock, server.service(), Optional.of(child), postgres.address(), postgresChild, running);
            }
            case TemporalCli.Missing missing -> {
                InMemoryTemporal server = InMemoryTemporal.start(ports.temporal(), missing.reason());
                running.push(server);
                yield new EmbeddedStack(
                        lock, server.service(), Optional.empty(), postgres.address(), postgresChild, running);
            }
        };
        postgresChild.awaitReady();
        return stack;
    }

    private static void refuseOtherSystems() {
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            throw new EmbeddedStackException(
                    "The embedded stack runs on Linux. Elsewhere, start PostgreSQL and Temporal with docker-compose.yml.");
        }
    }

    private static EmbeddedPostgres preparePostgres(EmbeddedStackOptions options, int port)
            throws IOException, InterruptedException {
        TitanHome home = options.home();
        if (!Files.isDirectory(home.postgres())) {
            options.say().accept("Unpacking PostgreSQL and creating its database in " + home.postgres() + ", once.");
        }
        PostgresBinaries binaries = PostgresBinaries.unpack(options.postgresBinaries());
        return new EmbeddedPostgres(binaries, PostgresCluster.in(home.postgres(), binaries), port, Durability.KEPT);
    }

    private static SupervisedChild supervise(ChildSpec spec, Deque<AutoCloseable> running) {
        SupervisedChild child = SupervisedChild.start(spec);
        running.push(child);
        return child;
    }

    /** Closes the newest first, each whatever happens to the others: a child left alone would run for ever. */
    private static void closeAll(Deque<AutoCloseable> running) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the embedded stack did not close", e);
            }
        }
    }
}
