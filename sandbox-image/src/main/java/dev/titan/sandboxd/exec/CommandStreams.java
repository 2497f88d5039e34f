package dev.titan.sandboxd.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.PseudoTerminal;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's ends of the streams of one command. They belong to the pump: its thread alone reads, writes and closes
 * them, so that none is used after it is closed.
 */
final class CommandStreams {

    /** What may wait for a command to read it: as much as a pipe takes beside. Sixty-four commands can have this much. */
    static final int INPUT_WAITING_BYTES_MAX = 64 * 1024;

    /** What Ctrl-D types: the end of input, for a program that reads lines from a terminal (termios(3), VEOF). */
    private static final byte END_OF_TRANSMISSION = 4;

    private static final byte[] NOTHING = {};

    private @Nullable Descriptor output;
    private @Nullable Descriptor input;
    private final @Nullable PseudoTerminal terminal;
    private byte[] waiting = NOTHING;
    private boolean endsAfterWaiting;

    private CommandStreams(Descriptor output, @Nullable Descriptor input, @Nullable PseudoTerminal terminal) {
        this.output = output;
        this.input = input;
        this.terminal = terminal;
    }

    /** Output only: whatever the input is, it is out of our hands. */
    static CommandStreams ofOutput(Descriptor output) {
        return new CommandStreams(output, null, null);
    }

    /** Output, and an input that does not block. */
    static CommandStreams ofPipes(Descriptor output, Descriptor input) {
        return new CommandStreams(output, input, null);
    }

    /** Both in one. */
    static CommandStreams ofTerminal(PseudoTerminal terminal) {
        return new CommandStreams(terminal.master(), terminal.master(), terminal);
    }

    /** Returns what to read from, until the output has ended. */
    @Nullable
    Descriptor output() {
        return output;
    }

    /** Returns what to write to, when something waits to be written. */
    @Nullable
    Descriptor inputWanted() {
        return waiting.length > 0 ? input : null;
    }

    boolean isClosed() {
        return output == null && input == null;
    }

    /** Takes bytes in, all of them or none. */
    void accept(byte[] bytes, boolean last) throws ConflictException {
        if (input == null || endsAfterWaiting) {
            throw new ConflictException("its standard input is not open");
        }
        if (waiting.length + bytes.length > INPUT_WAITING_BYTES_MAX) {
            throw new ConflictException("it does not read its input: %,d bytes wait already".formatted(waiting.length));
        }
        int size = waiting.length + bytes.length;
        byte[] more = Arrays.copyOf(waiting, size + (last && terminal != null ? 1 : 0));
        System.arraycopy(bytes, 0, more, waiting.length, bytes.length);
        if (more.length > size) {
            more[size] = END_OF_TRANSMISSION;
        }
        waiting = more;
        endsAfterWaiting = last && terminal == null;
        endInputIfWritten();
    }

    /** Writes as much of what waits as the command's side takes now. */
    void write(MemorySegment buffer) {
        if (input == null) {
            return;
        }
        int size = (int) Math.min(waiting.length, buffer.byteSize());
        MemorySegment.copy(waiting, 0, buffer, JAVA_BYTE, 0, size);
        try {
            int written = LibC.write(input, buffer.asSlice(0, size));
            waiting = Arrays.copyOfRange(waiting, written, waiting.length);
            endInputIfWritten();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINTR && e.errno() != Errno.EAGAIN) {
                closeInput(); // EPIPE: the command has closed its side
            }
        }
    }

    /** The output has ended. A terminal has ended with it, since that is when its last program let go of it. */
    void outputEnded() {
        if (terminal != null) {
            input = null;
        }
        if (output != null) {
            output.close();
            output = null;
        }
    }

    /** Nothing more will be typed. */
    void closeInput() {
        waiting = NOTHING;
        if (input != null && terminal == null) {
            input.close();
        }
        input = null;
    }

    void resize(int columns, int rows) throws ConflictException {
        try {
            openTerminal().resize(columns, rows);
        } catch (ErrnoException e) {
            throw new ConflictException("its terminal cannot be resized: " + e.getMessage());
        }
    }

    /** Returns the process group in the foreground of the terminal; otherwise that of the command's main process. */
    int signalGroup(int main) {
        try {
            return terminal == null ? main : openTerminal().foregroundGroup();
        } catch (ErrnoException | ConflictException e) {
            return main;
        }
    }

    private PseudoTerminal openTerminal() throws ConflictException {
        if (terminal == null || input == null) {
            throw new ConflictException("it has no terminal");
        }
        return terminal;
    }

    private void endInputIfWritten() {
        if (endsAfterWaiting && waiting.length == 0) {
            closeInput();
        }
    }
}
