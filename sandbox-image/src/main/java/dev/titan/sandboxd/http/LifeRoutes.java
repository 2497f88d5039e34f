package dev.titan.sandboxd.http;

import dev.titan.sandboxd.exec.Commands;
import dev.titan.sandboxd.life.Lease;
import dev.titan.sandboxd.protocol.Health;
import dev.titan.sandboxd.protocol.LeaseRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Health, lease and end over HTTP. */
final class LifeRoutes {

    private static final int REQUEST_BYTES_MAX = 1024;

    /** Goes up when the protocol changes. */
    private static final String VERSION = "2";

    private final long startedNanos = System.nanoTime();
    private final String sandboxId;
    private final Lease lease;
    private final Executor work;

    LifeRoutes(String sandboxId, Lease lease, Executor work) {
        this.sandboxId = sandboxId;
        this.lease = lease;
        this.work = work;
    }

    CompletableFuture<Reply.Json> health() {
        long uptime = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        return CompletableFuture.supplyAsync(Commands::processCount, work)
                .thenApply(processes -> new Reply.Json(new Health(sandboxId, VERSION, uptime, processes)));
    }

    CompletableFuture<Reply.Empty> renew(Request request) throws BadRequestException {
        lease.renew(Duration.ofMillis(
                request.json(LeaseRequest.class, REQUEST_BYTES_MAX).leaseMs()));
        return CompletableFuture.completedFuture(new Reply.Empty());
    }

    /** Answers when every process has been killed. */
    CompletableFuture<Reply.Farewell> shutDown() {
        return CompletableFuture.runAsync(Commands::killEverything, work).thenApply(done -> new Reply.Farewell());
    }
}
