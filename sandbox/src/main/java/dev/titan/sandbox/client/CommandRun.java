package dev.titan.sandbox.client;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.ExecState;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One command from its start, or from attaching to it, to its end. An interrupt, which is how a worker shuts down, and a
 * listener that is {@link Workspace.Detached} leave the command running for the next attempt to attach to; only another
 * exception of its listener gives it up.
 */
final class CommandRun {

    private static final byte[] NOTHING = {};

    /** How long the daemon holds an answer back: below the 500 ms in which the listener wants to be called. */
    private static final Duration WAIT = Duration.ofMillis(400);

    /** Beside the time an answer is held back; generous, because a loaded host delays everything. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10).plus(WAIT);

    /** A cancelled task wants its command dead within 2 s. */
    private static final Duration KILL_TIMEOUT = Duration.ofMillis(1_500);

    /** How much later than its own limit a command may end: the daemon kills in milliseconds, unless it was stopped. */
    private static final Duration OVERRUN_MAX = Duration.ofSeconds(30);

    /** Head, tail and a chunk of 64 KiB each; a control character takes six bytes in JSON. */
    private static final int ANSWER_BYTES_MAX = 2 << 20;

    /** A command that prints without a pause is asked this often at most, after its first answers. */
    private static final Duration PAUSE_MAX = Duration.ofMillis(40);

    private static final Duration PAUSE_STEP = Duration.ofMillis(2);

    /** Answers that came at once before pauses begin: most commands print once and end. */
    private static final int EAGER_ROUNDS = 4;

    /** What is left of the output after the end fits into as many chunks. */
    private static final int LATE_CHUNKS_MAX = 4;

    private final DaemonChannel channel;
    private final String key;
    private final ExecCommand command;
    private final Workspace.OutputListener output;

    CommandRun(DaemonChannel channel, EffectId effect, ExecCommand command, Workspace.OutputListener output) {
        this.channel = channel;
        this.key = effect.toString();
        this.command = command;
        this.output = output;
    }

    ExecResult run() {
        HttpReply reply = start();
        if (!reply.isSuccess()) {
            return notStarted(channel.refusal(reply));
        }
        ExecState state = checked(reply);
        tell(state);
        long giveUp = System.nanoTime() + command.timeout().plus(OVERRUN_MAX).toNanos();
        int chattyRounds = 0;
        while (state.running()) {
            if (System.nanoTime() - giveUp >= 0) {
                kill();
                throw channel.lost("its daemon let a command run past its limit of " + command.timeout(), null);
            }
            chattyRounds = state.chunk().length > 0 ? chattyRounds + 1 : 0;
            pause(chattyRounds);
            state = follow(state.nextOffset());
            tell(state);
        }
        tellTheRest(state);
        return result(state);
    }

    private HttpReply start() {
        byte[] body = TitanJson.mapper()
                .writeValueAsBytes(new ExecRequest(
                        command.argv(),
                        command.workdir(),
                        command.env(),
                        Math.max(1, command.timeout().toMillis()),
                        command.stdin()));
        return channel.ask(
                new HttpRequest("PUT", SandboxdRoute.EXEC, query(0), body, ANSWER_BYTES_MAX, ANSWER_TIMEOUT));
    }

    private ExecState follow(long offset) {
        HttpReply reply = channel.ask(
                new HttpRequest("GET", SandboxdRoute.EXEC, query(offset), NOTHING, ANSWER_BYTES_MAX, ANSWER_TIMEOUT));
        if (!reply.isSuccess()) {
            // A journal that forgot a command would run it twice: the sandbox is not to be used any more.
            throw channel.lost(
                    "its journal lost a command: " + channel.refusal(reply).detail(), null);
        }
        return checked(reply);
    }

    private Map<String, String> query(long offset) {
        return Map.of(
                SandboxdRoute.KEY,
                key,
                SandboxdRoute.OFFSET,
                Long.toString(offset),
                SandboxdRoute.WAIT_MS,
                Long.toString(WAIT.toMillis()));
    }

    private ExecState checked(HttpReply reply) {
        ExecState state = channel.read(reply, ExecState.class);
        boolean sound = key.equals(state.key())
                && state.nextOffset() >= 0
                && state.bytesTotal() >= 0
                && state.tookMs() >= 0
                && (state.output() == null || state.output().head() != null);
        if (!sound) {
            throw channel.lost("its daemon contradicts itself about a command", null);
        }
        return state;
    }

    private void tell(ExecState state) {
        try {
            output.onOutput(state.chunk());
        } catch (Workspace.Detached leaving) {
            throw leaving;
        } catch (RuntimeException | Error givenUp) {
            try {
                kill();
            } catch (SandboxException e) {
                givenUp.addSuppressed(e);
            }
            throw givenUp;
        }
    }

    private void tellTheRest(ExecState end) {
        ExecState state = end;
        for (int i = 0; i < LATE_CHUNKS_MAX && state.chunk().length > 0 && state.nextOffset() < end.bytesTotal(); i++) {
            state = follow(state.nextOffset());
            tell(state);
        }
    }

    private void kill() {
        channel.ask(new HttpRequest(
                "POST",
                SandboxdRoute.EXEC_KILL,
                Map.of(SandboxdRoute.KEY, key),
                NOTHING,
                ANSWER_BYTES_MAX,
                KILL_TIMEOUT));
    }

    private static void pause(int chattyRounds) {
        if (chattyRounds > EAGER_ROUNDS) {
            Duration pause = PAUSE_STEP.multipliedBy(chattyRounds - EAGER_ROUNDS);
            LockSupport.parkNanos((pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX).toNanos());
        }
    }

    private static ExecResult result(ExecState state) {
        if (state.end() == null || state.output() == null) {
            throw new IllegalStateException("a command that is over has an end and an output");
        }
        return new ExecResult(state.end(), state.output(), Duration.ofMillis(state.tookMs()));
    }

    /** Such as a working directory outside the workspace: the model can act on it. */
    private static ExecResult notStarted(Refusal refusal) {
        return new ExecResult(
                new ExecResult.End.NotStarted(refusal.detail()), new ExecResult.Output("", null, 0, 0), Duration.ZERO);
    }
}
