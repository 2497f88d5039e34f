package dev.titan.sandboxd.exec;

import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.sandboxd.journal.Deed;
import dev.titan.sandboxd.journal.Journal;
import dev.titan.sandboxd.libc.LibC;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What is done to commands that run. What is typed and what is signalled is done at most once by its key; a repeat is
 * given the answer of the first. What cannot be done is a {@link ConflictException}. Thread-safe.
 */
public final class CommandControl {

    private final StreamPump pump;
    private final Journal<Deed<Void>> journal = new Journal<>();

    CommandControl(StreamPump pump) {
        this.pump = pump;
    }

    /** Types bytes, which wait until the command reads them. */
    public CompletableFuture<Void> write(String key, Execution execution, byte[] bytes, boolean last) {
        return once(
                key,
                () -> pump.perform(() -> {
                    execution.streams().accept(bytes, last);
                }));
    }

    /** Sends a signal to the command's process group, or to the one in the foreground of its terminal. */
    public CompletableFuture<Void> signal(String key, Execution execution, CommandSignal signal) {
        return once(
                key,
                () -> pump.perform(() -> {
                    int group = execution.streams().signalGroup(execution.main());
                    LibC.kill(-group, signal.number());
                }));
    }

    /** Changes the size of its terminal; doing it again does no harm. */
    public CompletableFuture<Void> resize(Execution execution, TerminalSize size) {
        return pump.perform(() -> execution.streams().resize(size.columns(), size.rows()));
    }

    private CompletableFuture<Void> once(String key, Supplier<CompletableFuture<Void>> how) {
        return journal.of(key, Deed::new, deed -> {
                    var _ = how.get().whenComplete((nothing, failure) -> {
                        if (failure == null) {
                            deed.answer().complete(null);
                        } else {
                            deed.answer().completeExceptionally(failure);
                        }
                    });
                })
                .answer();
    }
}
