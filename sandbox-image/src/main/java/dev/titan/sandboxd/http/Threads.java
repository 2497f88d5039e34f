package dev.titan.sandboxd.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that are there from the start and never end. */
final class Threads {

    /** Work is short, and there is no more than two processors' worth of it in a sandbox. */
    static final int WORKERS = 3;

    /** Requests that wait for a thread; beyond, callers are told to come back. */
    private static final int WAITING_MAX = 256;

    private Threads() {}

    static ExecutorService started(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.prestartAllCoreThreads();
        return pool;
    }
}
