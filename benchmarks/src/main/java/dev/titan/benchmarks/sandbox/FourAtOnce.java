package dev.titan.benchmarks.sandbox;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does many things a few at once: as many as keep two processors busy while engines work. */
final class FourAtOnce {

    private FourAtOnce() {}

    /** Returns when all are over. Told to stop, or after a failure, those that have not begun do not begin. */
    static void run(List<? extends Runnable> actions) throws InterruptedException, ExecutionException {
        try (ExecutorService working = Executors.newFixedThreadPool(4)) {
            try {
                List<? extends Future<?>> all =
                        actions.stream().map(working::submit).toList();
                for (Future<?> one : all) {
                    one.get();
                }
            } catch (InterruptedException | ExecutionException e) {
                working.shutdownNow();
                throw e;
            }
        }
    }
}
