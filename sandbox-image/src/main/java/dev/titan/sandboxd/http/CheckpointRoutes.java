package dev.titan.sandboxd.http;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.contracts.checkpoint.RestorePart;
import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.sandboxd.checkpoint.FileReading;
import dev.titan.sandboxd.checkpoint.Restoring;
import dev.titan.sandboxd.checkpoint.Scans;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.RestoreBegun;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import dev.titan.sandboxd.protocol.Transfer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Checkpoints over HTTP. */
final class CheckpointRoutes {

    private final Scans scans;
    private final FileReading reading;
    private final Restoring restoring;
    private final Executor work;

    CheckpointRoutes(Workspace workspace, Executor work) {
        this.scans = new Scans(workspace, work);
        this.reading = new FileReading(workspace);
        this.restoring = new Restoring(workspace);
        this.work = work;
    }

    CompletableFuture<Reply> scan(Request request) throws BadRequestException {
        String known = request.text(SandboxdRoute.KNOWN);
        return atWork(() -> new Reply.Json(scans.scan(known)));
    }

    CompletableFuture<Reply> page(Request request) throws BadRequestException {
        String sha256 = request.text(SandboxdRoute.SHA256);
        return atWork(() -> new Reply.Bytes(scans.page(sha256)
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND, sha256, "is no page of the last scan"))));
    }

    CompletableFuture<Reply> read(Request request) throws BadRequestException {
        List<FilePiece> pieces = body(request, Transfer::readPieces);
        return atWork(() -> new Reply.Bytes(Transfer.contents(reading.read(pieces))));
    }

    CompletableFuture<Reply> begin(Request request) throws BadRequestException {
        String attempt = request.key(SandboxdRoute.ATTEMPT);
        String checkpoint = request.key(SandboxdRoute.CHECKPOINT);
        return atWork(() -> new Reply.Json(new RestoreBegun(restoring.begin(attempt, checkpoint))));
    }

    CompletableFuture<Reply> restore(Request request) throws BadRequestException {
        String attempt = request.key(SandboxdRoute.ATTEMPT);
        List<RestorePart> parts = body(request, Transfer::readParts);
        return atWork(() -> {
            restoring.put(attempt, parts);
            return new Reply.Empty();
        });
    }

    CompletableFuture<Reply> end(Request request) throws BadRequestException {
        String attempt = request.key(SandboxdRoute.ATTEMPT);
        return atWork(() -> {
            restoring.end(attempt);
            return new Reply.Empty();
        });
    }

    /** Twice the payload: names and numbers beside the contents. */
    private static <T> T body(Request request, Function<byte[], T> reader) throws BadRequestException {
        if (request.body().length > 2 * CheckpointLimits.TRANSFER_BYTES_MAX) {
            throw new BadRequestException(Refusal.Kind.TOO_LARGE, "a transfer is smaller");
        }
        try {
            return reader.apply(request.body());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(Refusal.Kind.BAD_REQUEST, "the body is wrong: " + e.getMessage());
        }
    }

    private CompletableFuture<Reply> atWork(CheckpointWork task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.run();
                    } catch (RefusedException e) {
                        throw new CompletionException(e);
                    }
                },
                work);
    }

    /** Something that may be refused. */
    private interface CheckpointWork {
        Reply run() throws RefusedException;
    }
}
