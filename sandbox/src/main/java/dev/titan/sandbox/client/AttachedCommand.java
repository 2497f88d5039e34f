package dev.titan.sandbox.client;

import dev.titan.contracts.sandbox.CommandProgress;
import dev.titan.contracts.sandbox.CommandReply;
import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandboxd.protocol.ExecState;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A command in the daemon's journal. It holds nothing but the key, so it may be dropped at any time. */
final class AttachedCommand implements RunningCommand {

    private static final byte[] NOTHING = {};

    /** The daemon holds no answer back longer. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    private final CommandCalls calls;
    private final EffectId id;

    private AttachedCommand(CommandCalls calls, EffectId id) {
        this.calls = calls;
        this.id = id;
    }

    static RunningCommand start(CommandCalls calls, EffectId id, ExecCommand command) {
        return switch (calls.start(id.toString(), command, Duration.ZERO)) {
            case CommandCalls.Started.Known(ExecState state) -> new AttachedCommand(calls, id);
            case CommandCalls.Started.Refused(String detail) -> new NeverStarted(id, notStarted(detail));
        };
    }

    static Optional<RunningCommand> find(CommandCalls calls, EffectId id) {
        return calls.find(id.toString(), Long.MAX_VALUE, Duration.ZERO).map(known -> new AttachedCommand(calls, id));
    }

    @Override
    public EffectId id() {
        return id;
    }

    @Override
    public CommandProgress read(long offset, Duration wait) {
        ExecState state = calls.follow(id.toString(), offset, wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX);
        return new CommandProgress(
                state.running()
                        ? new CommandProgress.State.Running(Duration.ofMillis(state.tookMs()))
                        : new CommandProgress.State.Over(result(state)),
                state.chunk(),
                state.nextOffset() - state.chunk().length,
                state.nextOffset(),
                state.bytesTotal());
    }

    @Override
    public CommandReply write(EffectId effect, byte[] bytes, InputAfter after) {
        if (bytes.length > INPUT_BYTES_MAX) {
            return new CommandReply.Refused(
                    "at most %,d bytes can be typed at once, not %,d".formatted(INPUT_BYTES_MAX, bytes.length));
        }
        return calls.control(
                SandboxdRoute.EXEC_INPUT,
                Map.of(
                        SandboxdRoute.KEY,
                        id.toString(),
                        SandboxdRoute.EFFECT,
                        effect.toString(),
                        SandboxdRoute.AFTER,
                        after.name().toLowerCase(Locale.ROOT)),
                bytes);
    }

    @Override
    public CommandReply signal(EffectId effect, CommandSignal signal) {
        return calls.control(
                SandboxdRoute.EXEC_SIGNAL,
                Map.of(
                        SandboxdRoute.KEY,
                        id.toString(),
                        SandboxdRoute.EFFECT,
                        effect.toString(),
                        SandboxdRoute.SIGNAL,
                        signal.wire()),
                NOTHING);
    }

    @Override
    public CommandReply resize(TerminalSize size) {
        return calls.control(
                SandboxdRoute.EXEC_RESIZE,
                Map.of(
                        SandboxdRoute.KEY,
                        id.toString(),
                        SandboxdRoute.COLUMNS,
                        Integer.toString(size.columns()),
                        SandboxdRoute.ROWS,
                        Integer.toString(size.rows())),
                NOTHING);
    }

    @Override
    public ExecResult kill() {
        return result(calls.kill(id.toString()));
    }

    static ExecResult result(ExecState state) {
        if (state.end() == null || state.output() == null) {
            throw new IllegalStateException("a command that is over has an end and an output");
        }
        return new ExecResult(state.end(), state.output(), Duration.ofMillis(state.tookMs()));
    }

    /** Such as a request no daemon takes: the model can act on it. */
    static ExecResult notStarted(String detail) {
        return new ExecResult(
                new ExecResult.End.NotStarted(detail), new ExecResult.Output("", null, 0, 0), Duration.ZERO);
    }

    /**
     * A command the daemon did not take.
     *
     * @param id its id
     * @param result why
     */
    private record NeverStarted(EffectId id, ExecResult result) implements RunningCommand {

        @Override
        public CommandProgress read(long offset, Duration wait) {
            return new CommandProgress(new CommandProgress.State.Over(result), NOTHING, 0, 0, 0);
        }

        @Override
        public CommandReply write(EffectId effect, byte[] bytes, InputAfter after) {
            return refused();
        }

        @Override
        public CommandReply signal(EffectId effect, CommandSignal signal) {
            return refused();
        }

        @Override
        public CommandReply resize(TerminalSize size) {
            return refused();
        }

        @Override
        public ExecResult kill() {
            return result;
        }

        private static CommandReply refused() {
            return new CommandReply.Refused("it was never started");
        }
    }
}
