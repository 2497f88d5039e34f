package dev.titan.sandboxd.http;

import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.RunningCommand.InputAfter;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandboxd.exec.Commands;
import dev.titan.sandboxd.exec.Execution;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Commands over HTTP. */
final class ExecRoutes {

    /** A command line is bounded by the kernel's 128 KiB an argument; the rest is standard input. */
    private static final int REQUEST_BYTES_MAX = 2 * 1024 * 1024;

    private static final long WAIT_MS_MAX = 60_000;

    /** All that can run at once, and as many that have ended. */
    private static final int LISTED_MAX = Workspace.COMMANDS_LISTED_MAX;

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

    CompletableFuture<Reply.Empty> write(Request request) throws BadRequestException {
        boolean last = one(SandboxdRoute.AFTER, request, InputAfter::valueOf) == InputAfter.CLOSED;
        if (request.body().length > RunningCommand.INPUT_BYTES_MAX) {
            throw new BadRequestException(
                    Refusal.Kind.TOO_LARGE,
                    "at most %,d bytes can be typed at once".formatted(RunningCommand.INPUT_BYTES_MAX));
        }
        return commands.control()
                .write(request.key(SandboxdRoute.EFFECT), known(request), request.body(), last)
                .thenApply(done -> new Reply.Empty());
    }

    CompletableFuture<Reply.Empty> signal(Request request) throws BadRequestException {
        CommandSignal signal = one(SandboxdRoute.SIGNAL, request, CommandSignal::valueOf);
        return commands.control()
                .signal(request.key(SandboxdRoute.EFFECT), known(request), signal)
                .thenApply(done -> new Reply.Empty());
    }

    CompletableFuture<Reply.Empty> resize(Request request) throws BadRequestException {
        TerminalSize size;
        try {
            size = new TerminalSize(
                    Math.toIntExact(request.number(SandboxdRoute.COLUMNS, 0)),
                    Math.toIntExact(request.number(SandboxdRoute.ROWS, 0)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadRequestException(Refusal.Kind.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return commands.control().resize(known(request), size).thenApply(done -> new Reply.Empty());
    }

    CompletableFuture<Reply.Json> list(Request request) throws BadRequestException {
        int limit = (int) Math.min(request.number(SandboxdRoute.LIMIT, LISTED_MAX), LISTED_MAX);
        return CompletableFuture.supplyAsync(() -> new Reply.Json(commands.list(limit)), work);
    }

    private static <T> T one(String name, Request request, Function<String, T> reading) throws BadRequestException {
        try {
            return reading.apply(request.text(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    Refusal.Kind.BAD_REQUEST, "the parameter '%s' has no such value".formatted(name));
        }
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
