package dev.titan.sandboxd.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Processes run out at the limit. Threads count as processes and need no program of the image.
 *
 * @param processesMax processes and threads at once
 */
record ProcessLimit(int processesMax) implements Probe {

    private static final long STACK_BYTES = 64 << 10;

    @Override
    public String name() {
        return "processes_limited";
    }

    @Override
    public String checks() {
        return "at most %d processes and threads run at once".formatted(processesMax);
    }

    @Override
    public Verdict run() {
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        try {
            while (threads.size() <= processesMax) {
                Thread thread = new Thread(null, () -> await(over), "selftest-" + threads.size(), STACK_BYTES);
                thread.start();
                threads.add(thread);
            }
            return Verdict.fails("%d threads run and there is no end".formatted(threads.size()));
        } catch (OutOfMemoryError none) {
            // This is how the JVM says that the kernel gives it no more threads.
            return Verdict.holds("no more after %d threads".formatted(threads.size()));
        } finally {
            over.countDown();
            threads.forEach(ProcessLimit::join);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
