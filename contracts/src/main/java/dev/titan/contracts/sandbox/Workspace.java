package dev.titan.contracts.sandbox;

import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.tool.EffectId;
import java.util.List;
import java.util.Optional;

/**
 * The verbs a tool may use inside one sandbox. Every verb with an {@link EffectId} is journalled by the sandbox's
 * daemon: repeating it with the same id re-attaches to the running process or returns the stored answer, so nothing
 * happens twice. All methods throw {@link SandboxException} for trouble the model can do nothing about. Thread-safe.
 */
public interface Workspace {

    /** Where the workspace is mounted in every sandbox. */
    String ROOT = "/work";

    /** All that can run at once, and as many that have ended. */
    int COMMANDS_LISTED_MAX = 128;

    /**
     * Runs a command, or attaches to it when the journal knows the id, and waits for its end.
     *
     * @param output hears the output from its beginning, also after re-attaching, and may throw to give up, whereupon the
     *     command is killed and the exception passed on; {@link Detached} alone leaves the command running
     */
    ExecResult exec(EffectId effect, ExecCommand command, OutputListener output);

    /**
     * Starts a command, or finds the one the journal has under the id, and does not wait for its end. One that could not
     * be started is over, with {@link ExecResult.End.NotStarted}.
     */
    RunningCommand start(EffectId effect, ExecCommand command);

    /** Finds a command that was started under an id, by whatever process; empty when this sandbox never heard of it. */
    Optional<RunningCommand> command(EffectId id);

    /** Returns the commands of this sandbox, the running ones first, newest first, at most {@value #COMMANDS_LISTED_MAX}. */
    List<CommandSummary> commands();

    /** Reads a file of at most {@code maxBytes}; {@code path} is absolute or relative to {@link #ROOT}. */
    FileReply read(String path, long maxBytes);

    /** Writes a file, its directories included, replacing what is there. */
    FileReply write(EffectId effect, String path, byte[] content);

    /** Lists a directory, in name order, down to {@code depth} levels (1 = its entries only). */
    FileReply list(String path, int depth, int entriesMax);

    /** Returns the verbs that take the state of the workspace and put it back. */
    WorkspaceSnapshots snapshots();

    /** Hears output as it appears. */
    @FunctionalInterface
    interface OutputListener {
        OutputListener IGNORE = chunk -> {};

        /** Receives the bytes that appeared since the last call; empty at least every 500 ms while the command is silent. */
        void onOutput(byte[] chunk);
    }

    /**
     * Thrown by an {@link OutputListener} whose process is shutting down: the command goes on, and the next attempt
     * attaches to it. The cause is what the listener was told.
     */
    final class Detached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException reason;

        public Detached(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }

        /** Returns what the listener was told. */
        public RuntimeException reason() {
            return reason;
        }
    }
}
