package dev.titan.sandboxd.http;

import dev.titan.sandboxd.exec.Commands;
import dev.titan.sandboxd.exec.Execution;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Commands over HTTP. */
final class ExecRoutes {

    /** A command line is bounded by the kernel's 128 KiB an argument; the rest is standard input. */
    private static final int REQUEST_BYTES_MAX = 2 * 1024 * 1024;

    private static final long WAIT_MS_MAX = 60_000;

    private final Commands commands;
    private final Executor work;

    ExecRoutes(Commands commands, Executor work) {
        this.commands = commands;
        this.work = work;
    }

    CompletableFuture<Reply.Json> start(Request request) throws BadRequestException {
        String key = request.key(SandboxdRoute.KEY);
        Duration wait = wait(request);
        long offset = request.number(SandboxdRoute.OFFSET, 0);
        ExecRequest command = request.json(ExecRequest.class, REQUEST_BYTES_MAX);
        return CompletableFuture.supplyAsync(() -> commands.startOrAttach(key, command), work)
                .thenCompose(execution -> execution.await(offset, wait))
                .thenApply(Reply.Json::new);
    }

    CompletableFuture<Reply.Json> attach(Request request) throws BadRequestException {
        long offset = request.number(SandboxdRoute.OFFSET, 0);
        Duration wait = wait(request);
        return known(request).await(offset, wait).thenApply(Reply.Json::new);
    }

    CompletableFuture<Reply.Json> kill(Request request) throws BadRequestException {
        long offset = request.number(SandboxdRoute.OFFSET, 0);
        Execution execution = known(request);
        return commands.kill(execution).thenApply(over -> new Reply.Json(execution.state(offset)));
    }

    private Execution known(Request request) throws BadRequestException {
        String key = request.key(SandboxdRoute.KEY);
        return commands.find(key)
                .orElseThrow(() -> new BadRequestException(
                        Refusal.Kind.UNKNOWN_KEY, "no command has the key '%s'".formatted(key)));
    }

    private static Duration wait(Request request) throws BadRequestException {
        return Duration.ofMillis(Math.min(request.number(SandboxdRoute.WAIT_MS, 0), WAIT_MS_MAX));
    }
}
