package dev.titan.contracts.sandbox;

import dev.titan.contracts.tool.EffectId;
import java.time.Duration;

/**
 * A command that nobody needs to wait for. It goes on when this object, or its whole process, is gone, and can be found
 * again by its id; what is kept of its output stays readable after its end. All methods throw {@link SandboxException}
 * for trouble the model can do nothing about. Thread-safe.
 */
public interface RunningCommand {

    /** The most one {@link #write} takes, in bytes: what a pipe holds. As much waits until the command reads. */
    int INPUT_BYTES_MAX = 64 * 1024;

    /** Returns the id under which it was started. */
    EffectId id();

    /**
     * Returns output from {@code offset} on.
     *
     * @param wait how long to wait for some, or for the end, when there is none yet; at most a minute
     */
    CommandProgress read(long offset, Duration wait);

    /**
     * Types into the standard input of a command that was started with an open one or with a terminal. The bytes wait for
     * the command to read them. Repeating it with the same id types nothing.
     *
     * @param bytes at most {@value #INPUT_BYTES_MAX}
     */
    CommandReply write(EffectId effect, byte[] bytes, InputAfter after);

    /** Sends a signal to its process group; on a terminal, to the group in its foreground. Once for an id. */
    CommandReply signal(EffectId effect, CommandSignal signal);

    /** Changes the size of its terminal, of which its programs are told. */
    CommandReply resize(TerminalSize size);

    /** Kills it with everything it started, and returns when it is over; harmless when it is over already. */
    ExecResult kill();

    /** What becomes of the input once bytes are typed. */
    enum InputAfter {
        /** More may come. */
        OPEN,
        /** This was all: the command reads the end of its input. On a terminal that is Ctrl-D, which takes an empty line. */
        CLOSED
    }
}
