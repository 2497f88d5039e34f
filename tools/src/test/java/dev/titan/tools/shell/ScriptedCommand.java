package dev.titan.tools.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titan.contracts.sandbox.CommandProgress;
import dev.titan.contracts.sandbox.CommandProgress.State;
import dev.titan.contracts.sandbox.CommandReply;
import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.contracts.tool.EffectId;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command without a process: a test says what it prints and when it ends, and reads what was done to it. */
final class ScriptedCommand implements RunningCommand {

    /** What the sandbox keeps of an output, at either end. */
    private static final int KEPT_BYTES = 64 * 1024;

    final List<String> done = new ArrayList<>();
    private final EffectId id;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private @Nullable End end;
    private String answer = "";

    ScriptedCommand(EffectId id) {
        this.id = id;
    }

    ScriptedCommand prints(String text) {
        output.writeBytes(text.getBytes(UTF_8));
        return this;
    }

    ScriptedCommand prints(byte[] bytes) {
        output.writeBytes(bytes);
        return this;
    }

    /** Prints this when something is typed. */
    ScriptedCommand answers(String text) {
        answer = text;
        return this;
    }

    ScriptedCommand ends(End how) {
        end = how;
        return this;
    }

    @Override
    public EffectId id() {
        return id;
    }

    @Override
    public CommandProgress read(long offset, Duration wait) {
        byte[] all = output.toByteArray();
        int from = (int) Math.min(offset, all.length);
        int kept = from < KEPT_BYTES ? from : Math.max(from, all.length - KEPT_BYTES);
        int to = Math.min(all.length, kept < KEPT_BYTES ? KEPT_BYTES : all.length);
        return new CommandProgress(state(), Arrays.copyOfRange(all, kept, to), kept, to, all.length);
    }

    @Override
    public CommandReply write(EffectId effect, byte[] bytes, InputAfter after) {
        return deed("%s %s".formatted(new String(bytes, UTF_8).strip(), after));
    }

    @Override
    public CommandReply signal(EffectId effect, CommandSignal signal) {
        return deed(signal.wire());
    }

    @Override
    public CommandReply resize(TerminalSize size) {
        return deed(size.toString());
    }

    @Override
    public ExecResult kill() {
        end = end == null ? new End.Killed() : end;
        return result(end);
    }

    private CommandReply deed(String what) {
        if (end != null) {
            return new CommandReply.Refused("it is over");
        }
        done.add(what);
        prints(answer);
        return new CommandReply.Done();
    }

    private State state() {
        return end == null ? new State.Running(Duration.ofSeconds(1)) : new State.Over(result(end));
    }

    private ExecResult result(End how) {
        return new ExecResult(
                how, new ExecResult.Output(output.toString(UTF_8), null, output.size(), 0), Duration.ofSeconds(1));
    }
}
