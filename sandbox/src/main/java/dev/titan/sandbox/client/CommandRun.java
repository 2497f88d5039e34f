package dev.titan.sandbox.client;

import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandboxd.protocol.ExecState;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * One command from its start, or from attaching to it, to its end. An interrupt, which is how a worker shuts down, and a
 * listener that is {@link Workspace.Detached} leave the command running for the next attempt to attach to; only another
 * exception of its listener gives it up.
 */
final class CommandRun {

    /** How long the daemon holds an answer back: below the 500 ms in which the listener wants to be called. */
    private static final Duration WAIT = Duration.ofMillis(400);

    /** How much later than its own limit a command may end: the daemon kills in milliseconds, unless it was stopped. */
    private static final Duration OVERRUN_MAX = Duration.ofSeconds(30);

    /** A command that prints without a pause is asked this often at most, after its first answers. */
    private static final Duration PAUSE_MAX = Duration.ofMillis(40);

    private static final Duration PAUSE_STEP = Duration.ofMillis(2);

    /** Answers that came at once before pauses begin: most commands print once and end. */
    private static final int EAGER_ROUNDS = 4;

    /** What is left of the output after the end fits into as many chunks. */
    private static final int LATE_CHUNKS_MAX = 4;

    private final DaemonChannel channel;
    private final CommandCalls calls;
    private final String key;
    private final ExecCommand command;
    private final Workspace.OutputListener output;

    CommandRun(DaemonChannel channel, EffectId effect, ExecCommand command, Workspace.OutputListener output) {
        this.channel = channel;
        this.calls = new CommandCalls(channel);
        this.key = effect.toString();
        this.command = command;
        this.output = output;
    }

    ExecResult run() {
        return switch (calls.start(key, command, WAIT)) {
            case CommandCalls.Started.Refused(String detail) -> AttachedCommand.notStarted(detail);
            case CommandCalls.Started.Known(ExecState state) -> follow(state);
        };
    }

    private ExecResult follow(ExecState first) {
        ExecState state = first;
        tell(state);
        long giveUp = System.nanoTime() + command.timeout().plus(OVERRUN_MAX).toNanos();
        int chattyRounds = 0;
        while (state.running()) {
            if (System.nanoTime() - giveUp >= 0) {
                calls.kill(key);
                throw channel.lost("its daemon let a command run past its limit of " + command.timeout(), null);
            }
            chattyRounds = state.chunk().length > 0 ? chattyRounds + 1 : 0;
            pause(chattyRounds);
            state = calls.follow(key, state.nextOffset(), WAIT);
            tell(state);
        }
        tellTheRest(state);
        return AttachedCommand.result(state);
    }

    private void tell(ExecState state) {
        try {
            output.onOutput(state.chunk());
        } catch (Workspace.Detached leaving) {
            throw leaving;
        } catch (RuntimeException | Error givenUp) {
            try {
                calls.kill(key);
            } catch (SandboxException e) {
                givenUp.addSuppressed(e);
            }
            throw givenUp;
        }
    }

    private void tellTheRest(ExecState end) {
        ExecState state = end;
        for (int i = 0; i < LATE_CHUNKS_MAX && state.chunk().length > 0 && state.nextOffset() < end.bytesTotal(); i++) {
            state = calls.follow(key, state.nextOffset(), WAIT);
            tell(state);
        }
    }

    private static void pause(int chattyRounds) {
        if (chattyRounds > EAGER_ROUNDS) {
            Duration pause = PAUSE_STEP.multipliedBy(chattyRounds - EAGER_ROUNDS);
            LockSupport.parkNanos((pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX).toNanos());
        }
    }
}
