package dev.titan.sandbox.client;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandboxd.protocol.Refusal;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Asks the daemon and tells its failures apart: what ends the sandbox ({@link SandboxException.Lost}) and what may pass
 * ({@link SandboxException.Unavailable}). Thread-safe.
 */
final class DaemonChannel implements AutoCloseable {

    /** How long a daemon may be absent while its sandbox lives: a container needs about 0.2 s to notice its death. */
    private static final Duration ABSENCE_MAX = Duration.ofSeconds(3);

    /** Between two tries; the engine is asked each time, so not much shorter. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A refusal's sentence is shown to the model and to people; the daemon's own have about 100 characters. */
    private static final int DETAIL_CHARACTERS_MAX = 1_000;

    private final SandboxId id;
    private final ConnectionPool connections;
    private final Liveness liveness;

    DaemonChannel(SandboxId id, ConnectionPool connections, Liveness liveness) {
        this.id = id;
        this.connections = connections;
        this.liveness = liveness;
    }

    /** Returns the answer, a refusal included. */
    HttpReply ask(HttpRequest request) {
        long giveUp = System.nanoTime() + ABSENCE_MAX.toNanos();
        while (true) {
            try {
                return once(request);
            } catch (MisbehaviourException e) {
                throw lost(String.valueOf(e.getMessage()), e);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new SandboxException.Unavailable("interrupted while asking sandbox %s".formatted(id), e);
                }
                liveness.goneBecause(id).ifPresent(reason -> {
                    throw lost(reason, e);
                });
                if (e instanceof SocketTimeoutException || System.nanoTime() - giveUp >= 0) {
                    throw new SandboxException.Unavailable(
                            "sandbox %s runs, but its daemon does not answer: %s".formatted(id, e.getMessage()), e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Asks once, without a word to the provider: for the time when the daemon is only starting. */
    HttpReply once(HttpRequest request) throws IOException {
        HttpReply reply = connections.exchange(request);
        if (reply.status() >= 500) {
            throw new SandboxException.Unavailable(
                    "sandbox %s: %s".formatted(id, refusal(reply).detail()));
        }
        return reply;
    }

    /** Reads the body of a success. */
    <T> T read(HttpReply reply, Class<T> type) {
        try {
            @Nullable T body = TitanJson.mapper().readValue(reply.body(), type);
            if (body == null) {
                throw lost("its daemon sent null for a %s".formatted(type.getSimpleName()), null);
            }
            return body;
        } catch (JacksonException e) {
            throw lost("its daemon sent no %s".formatted(type.getSimpleName()), e);
        }
    }

    /** Reads the body of an answer that is no success. */
    Refusal refusal(HttpReply reply) {
        Refusal refusal = read(reply, Refusal.class);
        if (refusal.problem() == null || refusal.detail() == null) {
            throw lost("its daemon refused without a reason", null);
        }
        String detail = refusal.detail();
        return new Refusal(refusal.problem(), detail.substring(0, Math.min(detail.length(), DETAIL_CHARACTERS_MAX)));
    }

    SandboxException.Lost lost(String reason, @Nullable Throwable cause) {
        return cause == null ? new SandboxException.Lost(id, reason) : new SandboxException.Lost(id, reason, cause);
    }

    @Override
    public void close() {
        connections.close();
    }
}
