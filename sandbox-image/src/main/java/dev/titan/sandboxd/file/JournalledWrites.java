package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Written;
import dev.titan.sandboxd.journal.Deed;
import dev.titan.sandboxd.journal.Journal;
import java.util.concurrent.CompletableFuture;

/** Writes files, each at most once by its key; a repeat is given the answer of the first. Thread-safe. */
public final class JournalledWrites {

    private final WorkspaceFiles files;
    private final Journal<Deed<Written>> journal = new Journal<>();

    public JournalledWrites(WorkspaceFiles files) {
        this.files = files;
    }

    /**
     * Writes a file, unless the key is known.
     *
     * @return the answer, exceptionally a {@link RefusedException}; not complete while the first one still writes
     */
    public CompletableFuture<Written> write(String key, String path, byte[] content) {
        return journal.of(key, Deed::new, write -> {
                    try {
                        write.answer().complete(files.write(path, content));
                    } catch (RefusedException e) {
                        write.answer().completeExceptionally(e);
                    }
                })
                .answer();
    }
}
