package dev.titan.sandboxd.exec;

import static dev.titan.sandboxd.protocol.ExecListing.Line.COMMAND_LINE_CHARS_MAX;

import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.journal.Journal;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.protocol.ExecListing;
import dev.titan.sandboxd.protocol.ExecRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every command of the sandbox, each started at most once by its key. Thread-safe. */
public final class Commands {

    /** Commands at once: more than a task runs in parallel, and few enough for their pipes and output. */
    public static final int RUNNING_MAX = 64;

    private final Journal<Execution> journal = new Journal<>();
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final CommandStart start;
    private final CommandControl control;
    private final ScheduledExecutorService timer;
    private final ExecutorService killing;
    private final OutOfMemoryKills memory = OutOfMemoryKills.ofThisSandbox();

    /**
     * Begins to watch over children.
     *
     * @param workspace where commands run
     * @param timer for time limits and waiting readers; must not be blocked
     * @param killing runs the sweeps that end process trees; one thread suffices
     * @param given the variables that the host gives commands; asked for each of them
     */
    public Commands(
            Workspace workspace,
            ScheduledExecutorService timer,
            ExecutorService killing,
            Supplier<Map<String, String>> given)
            throws IOException {
        LibC.adoptOrphans();
        Children children = new Children();
        StreamPump pump = new StreamPump();
        this.start = new CommandStart(workspace, children, pump, given);
        this.control = new CommandControl(pump);
        this.timer = timer;
        this.killing = killing;
        children.begin();
        pump.begin();
    }

    /**
     * Starts a command, or returns the one the journal has under this key.
     *
     * @throws RejectedExecutionException when {@link #RUNNING_MAX} commands run; nothing was started then
     */
    public Execution startOrAttach(String key, ExecRequest request) {
        return journal.of(key, () -> begin(key, request), execution -> start(execution, request));
    }

    /** Returns the command the journal has under this key. */
    public Optional<Execution> find(String key) {
        return journal.find(key);
    }

    /** Returns what can be done to commands that run. */
    public CommandControl control() {
        return control;
    }

    /** Returns at most {@code max} commands, the running ones first, newest first. */
    public ExecListing list(int max) {
        List<Execution> all = journal.entries();
        Map<Boolean, List<Execution>> byEnd =
                all.reversed().stream().collect(Collectors.partitioningBy(Execution::finished));
        List<ProcessEntry> table = ProcessEntry.all().toList();
        List<ExecListing.Line> lines = Stream.of(false, true)
                .flatMap(finished -> byEnd.getOrDefault(finished, List.of()).stream())
                .limit(max)
                .map(execution -> execution.line(table))
                .toList();
        return new ExecListing(lines, all.size() > lines.size());
    }

    /** Kills a command with all its processes; completes when it is over. */
    public CompletableFuture<Void> kill(Execution execution) {
        stop(execution, new End.Killed());
        return execution.over();
    }

    /** Kills every process below the daemon. Returns when all have been sent the signal. */
    public static void killEverything() {
        int daemon = LibC.pid();
        TreeKill.kill(table -> Descendants.of(daemon, table));
    }

    /** Returns how many processes there are below the daemon. */
    public static int processCount() {
        return Descendants.of(LibC.pid(), ProcessEntry.all().toList()).size();
    }

    private Execution begin(String key, ExecRequest request) {
        if (running.size() >= RUNNING_MAX) {
            throw new RejectedExecutionException("%d commands run already".formatted(RUNNING_MAX));
        }
        Execution execution = new Execution(key, shortened(request.argv()), timer, memory.sinceNow());
        running.add(execution);
        return execution;
    }

    private void start(Execution execution, ExecRequest request) {
        var timeLimit = timer.schedule(
                () -> stop(execution, new End.TimedOut(Duration.ofMillis(request.timeoutMs()))),
                request.timeoutMs(),
                TimeUnit.MILLISECONDS);
        var _ = execution.over().thenRun(() -> {
            running.remove(execution);
            timeLimit.cancel(false);
            journal.trim();
        });
        start.start(execution, request, numbers.incrementAndGet(), () -> isAlone(execution));
        if (execution.unwanted()) {
            stop(execution, new End.Killed());
        }
    }

    private static String shortened(List<String> argv) {
        String line = argv.stream()
                .map(word -> word.substring(0, Math.min(word.length(), COMMAND_LINE_CHARS_MAX)))
                .limit(COMMAND_LINE_CHARS_MAX)
                .collect(Collectors.joining(" "));
        return line.length() <= COMMAND_LINE_CHARS_MAX ? line : line.substring(0, COMMAND_LINE_CHARS_MAX - 1) + "…";
    }

    private boolean isAlone(Execution execution) {
        return running.stream().allMatch(other -> other == execution);
    }

    private void stop(Execution execution, End reason) {
        execution.stopFor(reason).ifPresent(members -> killing.execute(() -> TreeKill.kill(members::in)));
    }
}
