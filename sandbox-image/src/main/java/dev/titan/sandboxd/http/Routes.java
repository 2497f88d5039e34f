package dev.titan.sandboxd.http;

import dev.titan.sandboxd.exec.ConflictException;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Finds who answers a request, and turns what is thrown into an answer. */
final class Routes {

    private final ExecRoutes exec;
    private final FileRoutes files;
    private final CheckpointRoutes checkpoints;
    private final LifeRoutes life;

    Routes(ExecRoutes exec, FileRoutes files, CheckpointRoutes checkpoints, LifeRoutes life) {
        this.exec = exec;
        this.files = files;
        this.checkpoints = checkpoints;
        this.life = life;
    }

    CompletableFuture<Reply> answer(Request request) {
        CompletableFuture<? extends Reply> reply;
        try {
            reply = route(request);
        } catch (BadRequestException | RefusedException | RuntimeException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        return reply.handle((answer, failure) -> failure == null ? answer : refused(failure));
    }

    private CompletableFuture<? extends Reply> route(Request request) throws BadRequestException, RefusedException {
        return switch (request.method() + " " + request.path()) {
            case "GET " + SandboxdRoute.HEALTH -> life.health();
            case "PUT " + SandboxdRoute.EXEC -> exec.start(request);
            case "GET " + SandboxdRoute.EXEC -> exec.attach(request);
            case "POST " + SandboxdRoute.EXEC_KILL -> exec.kill(request);
            case "POST " + SandboxdRoute.EXEC_INPUT -> exec.write(request);
            case "POST " + SandboxdRoute.EXEC_SIGNAL -> exec.signal(request);
            case "POST " + SandboxdRoute.EXEC_RESIZE -> exec.resize(request);
            case "GET " + SandboxdRoute.EXEC_LIST -> exec.list(request);
            case "GET " + SandboxdRoute.FILES -> files.read(request);
            case "PUT " + SandboxdRoute.FILES -> files.write(request);
            case "GET " + SandboxdRoute.FILES_LIST -> files.list(request);
            case "POST " + SandboxdRoute.CHECKPOINT_SCAN -> checkpoints.scan(request);
            case "GET " + SandboxdRoute.CHECKPOINT_PAGE -> checkpoints.page(request);
            case "POST " + SandboxdRoute.CHECKPOINT_READ -> checkpoints.read(request);
            case "POST " + SandboxdRoute.RESTORE_BEGIN -> checkpoints.begin(request);
            case "PUT " + SandboxdRoute.RESTORE -> checkpoints.restore(request);
            case "POST " + SandboxdRoute.RESTORE_END -> checkpoints.end(request);
            case "POST " + SandboxdRoute.LEASE -> life.renew(request);
            case "POST " + SandboxdRoute.SHUTDOWN -> life.shutDown();
            default ->
                throw new BadRequestException(
                        Refusal.Kind.BAD_REQUEST, "there is no %s %s".formatted(request.method(), request.path()));
        };
    }

    private static Reply refused(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> refused(wrapped.getCause());
            case BadRequestException bad -> new Reply.Refused(bad.kind(), String.valueOf(bad.getMessage()));
            case RefusedException no ->
                new Reply.Refused(Refusal.Kind.of(no.problem()), String.valueOf(no.getMessage()));
            case ConflictException conflict ->
                new Reply.Refused(Refusal.Kind.CONFLICT, String.valueOf(conflict.getMessage()));
            case RejectedExecutionException busy ->
                new Reply.Refused(Refusal.Kind.BUSY, "too much at once: " + busy.getMessage());
            default -> new Reply.Refused(Refusal.Kind.INTERNAL, failure.toString());
        };
    }
}
