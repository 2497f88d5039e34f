package dev.titan.e2e;

import dev.titan.dev.EmbeddedStack;
import dev.titan.dev.home.StackPorts;
import dev.titan.e2e.airline.AirlineDatabase;
import dev.titan.e2e.airline.AirlineTools;
import dev.titan.e2e.airline.FarSide;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.postgres.TestPostgres;
import dev.titan.testing.recipe.Recipe;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The roles api and worker as processes of their own, with the airline's tools, over one Temporal and one PostgreSQL; and
 * beside them, in this JVM, the model and the airline, which go on when the worker is killed.
 */
final class AirlineSystem implements AutoCloseable {

    /** Where this module's classes are, among them the tools and the file that names their provider. */
    private static final Path TOOLS = Path.of(System.getProperty("titan.root", "."), "e2e", "target", "test-classes");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Kills kills = new Kills();
    private final Desks desks = new Desks(kills);
    private final ScriptedModelServer model;
    private final AirlineDatabase database;
    private final TestHome workerHome;
    private final Map<String, String> settings = new HashMap<>();
    private final TitanProcess api;
    private final TitanClient client;
    private final Queue<DeskUser> users = new ConcurrentLinkedQueue<>();
    private Map<String, String> workerSettings = Map.of();
    private @Nullable TitanProcess worker;
    private volatile int askedBefore;

    private AirlineSystem() {
        try {
            TestHome stackHome = opened(TestHome.create());
            TestHome apiHome = opened(TestHome.create());
            workerHome = opened(TestHome.create());
            model = opened(ScriptedModelServer.start(List.of()));
            database = opened(AirlineDatabase.load(TestPostgres.freshDatabase()));
            FarSide airline = opened(FarSide.open(database, desks));
            EmbeddedStack stack = opened(SplitSystem.stack(stackHome, StackPorts.ANY));
            settings.putAll(SplitSystem.settings(stack.temporal().target(), stack.postgres(), model));
            settings.put("TITAN_TOOLS", TOOLS.toAbsolutePath().normalize().toString());
            settings.put(AirlineTools.URL, airline.address().toString());
            api = opened(start(apiHome, settings, "api"));
            api.awaitReady();
            client = api.client();
            open.push(this::endWorker);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts everything but the worker. */
    static AirlineSystem start() {
        return new AirlineSystem();
    }

    TitanClient client() {
        return client;
    }

    ScriptedModelServer model() {
        return model;
    }

    AirlineDatabase database() {
        return database;
    }

    Desks desks() {
        return desks;
    }

    Kills kills() {
        return kills;
    }

    /** Has the user of a recording answer what the task asks. */
    void seat(String task, Recipe recipe) {
        users.add(opened(DeskUser.of(api, client, database, task, recipe)));
    }

    /** Starts a worker with these settings beside the usual ones, in the place of the one there is. */
    void restartWorker(Map<String, String> more) {
        endWorker();
        workerSettings = Map.copyOf(more);
        startWorker();
    }

    /** Returns whether there are tasks that go on and each of them waits for the worker to be killed. */
    boolean everyTaskWaitsForAKill() {
        users.removeIf(user -> !user.present());
        return !users.isEmpty() && kills.waiting() >= users.size();
    }

    /** Returns how often the present worker has asked the model. */
    int askedByWorker() {
        return model.requests().count() - askedBefore;
    }

    /** Ends the worker as a power cut would, lets everybody go who waits for that, and starts it again. */
    void killWorker() {
        endWorker();
        kills.happened();
        startWorker();
    }

    private void endWorker() {
        if (worker != null) {
            worker.kill();
        }
    }

    private void startWorker() {
        askedBefore = model.requests().count();
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(workerSettings);
        worker = start(workerHome, all, "worker");
    }

    private static TitanProcess start(TestHome home, Map<String, String> settings, String role) {
        return TitanProcess.start(home.path(), TestPorts.free(), settings, List.of("--roles", role));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Closes in the reverse order of opening, each part whatever happens to the others. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("a part of the airline's system did not close: " + e);
            }
        }
    }
}
