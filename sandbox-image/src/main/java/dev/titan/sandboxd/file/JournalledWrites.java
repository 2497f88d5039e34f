package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Written;
import dev.titan.sandboxd.journal.Journal;
import java.util.concurrent.CompletableFuture;

/** Writes files, each at most once by its key; a repeat is given the answer of the first. Thread-safe. */
public final class JournalledWrites {

    private final WorkspaceFiles files;
    private final Journal<Write> journal = new Journal<>();

    public JournalledWrites(WorkspaceFiles files) {
        this.files = files;
    }

    /**
     * Writes a file, unless the key is known.
     *
     * @return the answer, exceptionally a {@link RefusedException}; not complete while the first one still writes
     */
    public CompletableFuture<Written> write(String key, String path, byte[] content) {
        return journal.of(key, Write::new, write -> {
                    try {
                        write.answer.complete(files.write(path, content));
                    } catch (RefusedException e) {
                        write.answer.completeExceptionally(e);
                    }
                })
                .answer;
    }

    /** One write; its answer is too small to be worth giving back. */
    private static final class Write implements Journal.Entry {
        private final CompletableFuture<Written> answer = new CompletableFuture<>();

        @Override
        public boolean finished() {
            return answer.isDone();
        }

        @Override
        public long retainedBytes() {
            return 0;
        }

        @Override
        public void shed() {}
    }
}
