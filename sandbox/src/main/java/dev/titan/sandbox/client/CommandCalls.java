package dev.titan.sandbox.client;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.CommandReply;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandboxd.protocol.ExecListing;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.ExecState;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The daemon's routes for commands, with their answers checked: they come from inside the sandbox. Thread-safe. */
final class CommandCalls {

    private static final byte[] NOTHING = {};

    /** Beside the time an answer is held back; generous, because a loaded host delays everything. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** A cancelled task wants its command dead within 2 s. */
    private static final Duration KILL_TIMEOUT = Duration.ofMillis(1_500);

    /** Head, tail and a chunk of 64 KiB each; a control character takes six bytes in JSON. */
    private static final int ANSWER_BYTES_MAX = 2 << 20;

    private final DaemonChannel channel;

    CommandCalls(DaemonChannel channel) {
        this.channel = channel;
    }

    /** Starts a command or attaches to it; a refusal is the answer when the daemon does not even try. */
    Started start(String key, ExecCommand command, Duration wait) {
        byte[] body = TitanJson.mapper()
                .writeValueAsBytes(new ExecRequest(
                        command.argv(),
                        command.workdir(),
                        command.env(),
                        Math.max(1, command.timeout().toMillis()),
                        command.input()));
        HttpReply reply = channel.ask(new HttpRequest(
                "PUT", SandboxdRoute.EXEC, following(key, 0, wait), body, ANSWER_BYTES_MAX, ANSWER_TIMEOUT.plus(wait)));
        return reply.isSuccess()
                ? new Started.Known(state(key, reply))
                : new Started.Refused(channel.refusal(reply).detail());
    }

    /** Returns the state of a command that was started. */
    ExecState follow(String key, long offset, Duration wait) {
        // A journal that forgot a command would run it twice: the sandbox is not to be used any more.
        return find(key, offset, wait)
                .orElseThrow(() -> channel.lost("its journal lost the command '%s'".formatted(key), null));
    }

    /** Returns the state of a command, if the journal knows it. */
    Optional<ExecState> find(String key, long offset, Duration wait) {
        HttpReply reply = channel.ask(new HttpRequest(
                "GET",
                SandboxdRoute.EXEC,
                following(key, offset, wait),
                NOTHING,
                ANSWER_BYTES_MAX,
                ANSWER_TIMEOUT.plus(wait)));
        if (reply.isSuccess()) {
            return Optional.of(state(key, reply));
        }
        Refusal refusal = channel.refusal(reply);
        if (refusal.problem() == Refusal.Kind.UNKNOWN_KEY) {
            return Optional.empty();
        }
        throw channel.lost("its daemon does not tell of a command: " + refusal.detail(), null);
    }

    /** Kills a command and returns when it is over. */
    ExecState kill(String key) {
        HttpReply reply = channel.ask(new HttpRequest(
                "POST",
                SandboxdRoute.EXEC_KILL,
                Map.of(SandboxdRoute.KEY, key),
                NOTHING,
                ANSWER_BYTES_MAX,
                KILL_TIMEOUT));
        if (!reply.isSuccess()) {
            throw channel.lost(
                    "its daemon did not kill a command: "
                            + channel.refusal(reply).detail(),
                    null);
        }
        return state(key, reply);
    }

    /** Does something to a command by one of the routes that answer nothing. */
    CommandReply control(String route, Map<String, String> query, byte[] body) {
        HttpReply reply = channel.ask(new HttpRequest("POST", route, query, body, ANSWER_BYTES_MAX, ANSWER_TIMEOUT));
        if (reply.isSuccess()) {
            return new CommandReply.Done();
        }
        Refusal refusal = channel.refusal(reply);
        if (refusal.problem() == Refusal.Kind.CONFLICT) {
            return new CommandReply.Refused(refusal.detail());
        }
        throw channel.lost("its daemon refused what it must not: " + refusal.detail(), null);
    }

    /** Returns what the daemon knows, running commands first. */
    List<CommandSummary> list() {
        HttpReply reply = channel.ask(new HttpRequest(
                "GET",
                SandboxdRoute.EXEC_LIST,
                Map.of(SandboxdRoute.LIMIT, Integer.toString(Workspace.COMMANDS_LISTED_MAX)),
                NOTHING,
                ANSWER_BYTES_MAX,
                ANSWER_TIMEOUT));
        if (!reply.isSuccess()) {
            throw channel.lost(
                    "its daemon does not list its commands: "
                            + channel.refusal(reply).detail(),
                    null);
        }
        List<ExecListing.Line> lines = channel.read(reply, ExecListing.class).commands();
        if (lines.size() > Workspace.COMMANDS_LISTED_MAX) {
            throw channel.lost("its daemon sent a list nobody asked for", null);
        }
        return lines.stream().map(this::summary).toList();
    }

    private CommandSummary summary(ExecListing.Line line) {
        try {
            return new CommandSummary(
                    EffectId.parse(line.key()),
                    requireNonNull(line.commandLine(), "command line is null"),
                    line.end(),
                    Duration.ofMillis(line.tookMs()),
                    line.bytesTotal(),
                    line.processes());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw channel.lost("its daemon lists what is no command", e);
        }
    }

    private ExecState state(String key, HttpReply reply) {
        ExecState state = channel.read(reply, ExecState.class);
        boolean sound = key.equals(state.key())
                && state.nextOffset() >= 0
                && state.bytesTotal() >= 0
                && state.tookMs() >= 0
                && state.chunk().length <= state.nextOffset()
                && (state.output() == null || state.output().head() != null);
        if (!sound) {
            throw channel.lost("its daemon contradicts itself about a command", null);
        }
        return state;
    }

    private static Map<String, String> following(String key, long offset, Duration wait) {
        return Map.of(
                SandboxdRoute.KEY,
                key,
                SandboxdRoute.OFFSET,
                Long.toString(offset),
                SandboxdRoute.WAIT_MS,
                Long.toString(wait.toMillis()));
    }

    /** What became of a start. */
    sealed interface Started {

        /**
         * The journal knows the command now, or knew it.
         *
         * @param state its state
         */
        record Known(ExecState state) implements Started {}

        /**
         * Nothing was started.
         *
         * @param detail why, such as an argument no command can have; the model can act on it
         */
        record Refused(String detail) implements Started {}
    }
}
