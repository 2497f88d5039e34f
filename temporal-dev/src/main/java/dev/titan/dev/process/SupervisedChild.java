package dev.titan.dev.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child kept running until {@link #close()}: adopted when a parent that was killed left it behind, started otherwise,
 * started again with back-off when it dies, killed and started again when it lives but stopped answering. When this
 * process is killed the child lives on, for the next parent to adopt. Thread-safe.
 */
public final class SupervisedChild implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedChild.class);

    /** How soon a death is noticed; one small read of {@code /proc} each time. */
    private static final Duration LIVENESS_EVERY = Duration.ofMillis(100);

    private static final Duration HEALTH_EVERY = Duration.ofSeconds(2);

    /** A child that was healthy once and is silent this long hangs; a busy machine or a suspended one takes less. */
    private static final Duration HANGS_AFTER = Duration.ofSeconds(45);

    /** So many starts without one healthy answer are no accident; waiting longer would only delay the message. */
    private static final int FRUITLESS_STARTS_MAX = 5;

    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

    private final ChildSpec spec;
    private final PidFile pidFile;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable ProcessIdentity> current = new AtomicReference<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final Thread watch;

    private SupervisedChild(ChildSpec spec) {
        this.spec = spec;
        this.pidFile = new PidFile(spec.pidFile());
        this.watch =
                Thread.ofPlatform().name("titan-watch-" + spec.name()).daemon().unstarted(this::watch);
    }

    /** Begins to keep the child running and returns at once; see {@link #awaitReady()}. */
    public static SupervisedChild start(ChildSpec spec) {
        SupervisedChild child = new SupervisedChild(requireNonNull(spec, "spec is null"));
        child.watch.start();
        return child;
    }

    /** Returns whether a child that writes this pid file runs at the moment, whoever started it. */
    public static boolean runs(Path pidFile) {
        return new PidFile(pidFile)
                .read()
                .filter(entry -> entry.identity().alive())
                .isPresent();
    }

    /**
     * Waits until the child does its work.
     *
     * @throws ChildFailedException when it does not within its time, or died again and again
     */
    public void awaitReady() throws ChildFailedException, InterruptedException {
        long deadline = System.nanoTime() + spec.readyWithin().toNanos();
        while (!(current.get() != null && spec.health().healthy())) {
            if (starts.get() >= FRUITLESS_STARTS_MAX || System.nanoTime() > deadline) {
                throw new ChildFailedException(
                        "%s does not come up (started %d times). Its log is %s and ends with:%n%s"
                                .formatted(spec.name(), starts.get(), spec.log(), LogTail.of(spec.log())),
                        spec.log());
            }
            closing.await(LIVENESS_EVERY.toMillis() / 4, TimeUnit.MILLISECONDS);
        }
    }

    /** Returns the running process; empty between a death and the next start. */
    public Optional<ProcessIdentity> process() {
        return Optional.ofNullable(current.get()).filter(ProcessIdentity::alive);
    }

    /**
     * Ends the child in good order, kills it when that takes too long, and returns when it has gone. An interrupt does not
     * cut this short, since a child left alone would run for ever; it is seen afterwards.
     */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                watch.join();
                ProcessIdentity running = current.get();
                if (running != null) {
                    end(running);
                }
                ended = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        BackOff backOff = new BackOff();
        try {
            do {
                long began = System.nanoTime();
                try {
                    ProcessIdentity running = adoptOrLaunch();
                    current.set(running);
                    awaitEnd(running);
                } catch (IOException e) {
                    LOG.error("{} cannot be started", spec.name(), e);
                }
                if (closing.getCount() > 0) {
                    Duration lived = Duration.ofNanos(System.nanoTime() - began);
                    Duration delay = backOff.after(lived);
                    LOG.warn("{} ended after {}; starting it again in {}", spec.name(), lived, delay);
                    closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
                }
            } while (closing.getCount() > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the running child, which may be one that an earlier parent started with the very same command. */
    private ProcessIdentity adoptOrLaunch() throws IOException, InterruptedException {
        Optional<PidFile.Entry> left =
                pidFile.read().filter(entry -> entry.identity().alive());
        if (left.isPresent()) {
            if (left.get().fingerprint().equals(spec.fingerprint())) {
                LOG.info(
                        "{} still runs as process {}: adopted",
                        spec.name(),
                        left.get().identity().pid());
                return left.get().identity();
            }
            LOG.info(
                    "{} runs with another command: replacing process {}",
                    spec.name(),
                    left.get().identity().pid());
            end(left.get().identity());
        }
        starts.incrementAndGet();
        Process process = Launch.detached(spec);
        return ProcessIdentity.of(process.pid())
                .orElseThrow(() -> new IOException(spec.name() + " ended at once; its log is " + spec.log()));
    }

    /** Returns when the child is dead, killed here because it hangs, or none of our business any more. */
    private void awaitEnd(ProcessIdentity running) throws InterruptedException {
        boolean everHealthy = false;
        long now = System.nanoTime();
        long lastHealthy = now;
        long nextProbe = now;
        while (running.alive() && !closing.await(LIVENESS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            now = System.nanoTime();
            if (now < nextProbe) {
                continue;
            }
            nextProbe = now + HEALTH_EVERY.toNanos();
            if (spec.health().healthy()) {
                everHealthy = true;
                lastHealthy = now;
                starts.set(0);
            } else if (everHealthy && now - lastHealthy > HANGS_AFTER.toNanos()) {
                LOG.warn("{} has not answered for {}: killing process {}", spec.name(), HANGS_AFTER, running.pid());
                Signals.send(running, StopSignal.KILL);
                return;
            }
        }
    }

    private void end(ProcessIdentity running) throws InterruptedException {
        Signals.send(running, spec.stop());
        if (!gone(running, spec.stopWithin())) {
            LOG.warn("{} did not end within {}: killing process {}", spec.name(), spec.stopWithin(), running.pid());
            Signals.send(running, StopSignal.KILL);
            gone(running, KILLED_WITHIN);
        }
    }

    /** Waits with a real sleep, since {@code closing} may be over already. */
    private static boolean gone(ProcessIdentity process, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (process.alive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }
}
