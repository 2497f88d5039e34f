package dev.titan.sandboxd.http;

import dev.titan.sandboxd.file.JournalledWrites;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.file.WorkspaceFiles;
import dev.titan.sandboxd.file.WorkspaceListing;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Files over HTTP. */
final class FileRoutes {

    private final WorkspaceFiles files;
    private final WorkspaceListing listing;
    private final JournalledWrites writes;
    private final Executor work;

    FileRoutes(WorkspaceFiles files, WorkspaceListing listing, JournalledWrites writes, Executor work) {
        this.files = files;
        this.listing = listing;
        this.writes = writes;
        this.work = work;
    }

    CompletableFuture<Reply.Bytes> read(Request request) throws BadRequestException {
        String path = request.text(SandboxdRoute.PATH);
        long bytesMax = request.number(SandboxdRoute.MAX_BYTES, WorkspaceFiles.FILE_BYTES_MAX);
        return atWork(() -> new Reply.Bytes(files.read(path, bytesMax)));
    }

    CompletableFuture<Reply.Json> write(Request request) throws BadRequestException {
        String path = request.text(SandboxdRoute.PATH);
        String key = request.key(SandboxdRoute.KEY);
        return CompletableFuture.completedFuture(request.body())
                .thenComposeAsync(content -> writes.write(key, path, content), work)
                .thenApply(Reply.Json::new);
    }

    CompletableFuture<Reply.Json> list(Request request) throws BadRequestException {
        String path = request.text(SandboxdRoute.PATH);
        int depth = (int) Math.min(request.number(SandboxdRoute.DEPTH, 1), WorkspaceListing.DEPTH_MAX);
        int limit = (int) Math.min(
                request.number(SandboxdRoute.LIMIT, WorkspaceListing.ENTRIES_MAX), WorkspaceListing.ENTRIES_MAX);
        return atWork(() -> new Reply.Json(listing.list(path, depth, limit)));
    }

    private <T> CompletableFuture<T> atWork(FileWork<T> task) {
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
    private interface FileWork<T> {
        T run() throws RefusedException;
    }
}
