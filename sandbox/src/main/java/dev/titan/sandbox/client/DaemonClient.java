package dev.titan.sandbox.client;

import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandboxd.protocol.LeaseRequest;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workspace over the socket of its daemon. One client serves all calls into its sandbox; closing it closes its
 * connections and leaves the sandbox and its commands alone. Thread-safe.
 */
public final class DaemonClient implements Workspace, AutoCloseable {

    private static final byte[] NOTHING = {};

    /** Time for an answer that needs no work: generous, because a loaded host delays everything. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** Time for 64 MiB through a loaded host's memory. */
    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(60);

    /** One try of a daemon that may be starting. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);

    /** No answer but a file or a listing comes near. */
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    /** What one read may bring into this process's memory; tools ask for 5 MB. */
    private static final int FILE_BYTES_MAX = 64 << 20;

    /** A path of 4,096 bytes, escaped for JSON, is below this; so is the rest of an entry beside usual paths. */
    private static final int ENTRY_BYTES_MAX = 6 * 4096;

    private final SandboxId id;
    private final DaemonChannel channel;
    private final WorkspaceSnapshots snapshots;

    /**
     * @param id the sandbox
     * @param socket the daemon's socket
     * @param liveness asked when the daemon does not answer
     */
    public DaemonClient(SandboxId id, Path socket, Liveness liveness) {
        this(id, socket, liveness, PeerRule.NOT_ROOT);
    }

    DaemonClient(SandboxId id, Path socket, Liveness liveness, PeerRule rule) {
        this(id, () -> UnixSocketLink.open(socket, rule), liveness);
    }

    /**
     * @param id the sandbox, checked against what the daemon says of itself
     * @param dialer makes the connections where the socket is not on this host
     * @param liveness asked when the daemon does not answer
     */
    public DaemonClient(SandboxId id, DaemonLink.Dialer dialer, Liveness liveness) {
        this.id = id;
        this.channel = new DaemonChannel(id, new ConnectionPool(dialer), liveness);
        this.snapshots = new SnapshotClient(channel);
    }

    @Override
    public ExecResult exec(EffectId effect, ExecCommand command, OutputListener output) {
        return new CommandRun(channel, effect, command, output).run();
    }

    @Override
    public RunningCommand start(EffectId effect, ExecCommand command) {
        return AttachedCommand.start(new CommandCalls(channel), effect, command);
    }

    @Override
    public Optional<RunningCommand> command(EffectId id) {
        return AttachedCommand.find(new CommandCalls(channel), id);
    }

    @Override
    public List<CommandSummary> commands() {
        return new CommandCalls(channel).list();
    }

    @Override
    public FileReply read(String path, long maxBytes) {
        long limit = Math.min(maxBytes, FILE_BYTES_MAX);
        HttpReply reply = channel.ask(new HttpRequest(
                "GET",
                SandboxdRoute.FILES,
                Map.of(SandboxdRoute.PATH, path, SandboxdRoute.MAX_BYTES, Long.toString(limit)),
                NOTHING,
                (int) Math.max(limit, ANSWER_BYTES_MAX),
                FILE_TIMEOUT));
        return reply.isSuccess() ? new FileReply.Content(reply.body()) : refused(reply);
    }

    @Override
    public FileReply write(EffectId effect, String path, byte[] content) {
        HttpReply reply = channel.ask(new HttpRequest(
                "PUT",
                SandboxdRoute.FILES,
                Map.of(SandboxdRoute.PATH, path, SandboxdRoute.KEY, effect.toString()),
                content,
                ANSWER_BYTES_MAX,
                FILE_TIMEOUT));
        return reply.isSuccess() ? written(reply) : refused(reply);
    }

    @Override
    public FileReply list(String path, int depth, int entriesMax) {
        HttpReply reply = channel.ask(new HttpRequest(
                "GET",
                SandboxdRoute.FILES_LIST,
                Map.of(
                        SandboxdRoute.PATH,
                        path,
                        SandboxdRoute.DEPTH,
                        Integer.toString(depth),
                        SandboxdRoute.LIMIT,
                        Integer.toString(entriesMax)),
                NOTHING,
                (int) Math.min(FILE_BYTES_MAX, ANSWER_BYTES_MAX + (long) entriesMax * ENTRY_BYTES_MAX),
                FILE_TIMEOUT));
        return reply.isSuccess() ? listing(reply, entriesMax) : refused(reply);
    }

    @Override
    public WorkspaceSnapshots snapshots() {
        return snapshots;
    }

    /** Starts the sandbox's lease anew. */
    public void renew(Duration lease) {
        byte[] body = TitanJson.mapper().writeValueAsBytes(new LeaseRequest(lease.toMillis()));
        HttpReply reply = channel.ask(
                new HttpRequest("POST", SandboxdRoute.LEASE, Map.of(), body, ANSWER_BYTES_MAX, ANSWER_TIMEOUT));
        if (!reply.isSuccess()) {
            throw new IllegalStateException("sandbox %s refused its lease: %s"
                    .formatted(id, channel.refusal(reply).detail()));
        }
    }

    /**
     * Returns whether the daemon answers now. Its path is what says whose it is: it may have been started before its
     * sandbox had a task. Never waits long and never asks the provider.
     */
    public boolean answers() {
        try {
            HttpReply reply = channel.once(
                    new HttpRequest("GET", SandboxdRoute.HEALTH, Map.of(), NOTHING, ANSWER_BYTES_MAX, HEALTH_TIMEOUT));
            return reply.isSuccess();
        } catch (IOException starting) {
            return false;
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    private FileReply.Written written(HttpReply reply) {
        FileReply.Written written = channel.read(reply, FileReply.Written.class);
        if (written.path() == null) {
            throw channel.lost("its daemon wrote a file without a path", null);
        }
        return written;
    }

    private FileReply.Listing listing(HttpReply reply, int entriesMax) {
        FileReply.Listing listing = channel.read(reply, FileReply.Listing.class);
        boolean whole = listing.entries().stream()
                .allMatch(entry -> entry.path() != null && entry.kind() != null && entry.modifiedAt() != null);
        if (!whole || listing.entries().size() > entriesMax) {
            throw channel.lost("its daemon sent a listing nobody asked for", null);
        }
        return listing;
    }

    private FileReply.Refused refused(HttpReply reply) {
        Refusal refusal = channel.refusal(reply);
        return refusal.problem()
                .fileProblem()
                .map(problem -> new FileReply.Refused(problem, refusal.detail()))
                .orElseThrow(() -> new IllegalArgumentException("sandbox %s: %s".formatted(id, refusal.detail())));
    }
}
