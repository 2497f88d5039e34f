package dev.titan.sandbox.egress;

import dev.titan.contracts.event.TaskEvent.EgressDecided;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the journal what was decided, in a way that nobody inside can flood it. The first decision of a kind (host, port,
 * address, verdict, reason) is told at once; further ones are counted and told together, after a pause that doubles each
 * time. Beyond {@value #KINDS_MAX} kinds all hosts count as one. Thread-safe.
 */
final class EgressAudit {

    /** A task that browses meets a few hundred hosts. */
    static final int KINDS_MAX = 500;

    private static final Logger LOG = LoggerFactory.getLogger(EgressAudit.class);

    /** Most exchanges are over by then and told with their bytes; a longer one is told while it lasts. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** With doubling, a loop is told ten times in its first hour, however fast it is. */
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(5);

    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private static final String FURTHER_HOSTS = "*";

    private final EgressJournal journal;
    private final ScheduledExecutorService timer;
    private final Executor writing;
    private final Map<Kind, Tally> tallies = new HashMap<>();
    private final ArrayDeque<EgressDecided> unwritten = new ArrayDeque<>();
    private boolean isWriting;

    EgressAudit(EgressJournal journal, ScheduledExecutorService timer, Executor writing) {
        this.journal = journal;
        this.timer = timer;
        this.writing = writing;
    }

    /** Notes a refusal. */
    void refused(Verdict.Refused refused) {
        InetAddress address = refused.address();
        Kind kind = new Kind(
                refused.host(),
                refused.port(),
                address == null ? null : address.getHostAddress(),
                false,
                refused.reason().wire());
        note(kind, Duration.ZERO, tally -> tally.times++);
    }

    /** Notes that a connection was made; what passes over it is told to the passage. */
    Passage allowed(Target target, InetAddress dialled) {
        Kind kind = new Kind(
                target.host().toString(), target.port(), dialled.getHostAddress(), true, Reason.ALLOWED.wire());
        note(kind, SETTLING, tally -> tally.times++);
        return new Passage(kind);
    }

    /** Tells everything that is left. */
    void close() {
        List<Kind> kinds;
        synchronized (this) {
            kinds = List.copyOf(tallies.keySet());
            tallies.values().forEach(tally -> tally.notBeforeNanos = System.nanoTime());
        }
        kinds.forEach(this::tellIfDue);
    }

    /** One connection that was allowed. */
    final class Passage {
        private final Kind kind;

        private Passage(Kind kind) {
            this.kind = kind;
        }

        void sent(long bytes) {
            note(kind, SETTLING, tally -> tally.up += bytes);
        }

        void received(long bytes) {
            note(kind, SETTLING, tally -> tally.down += bytes);
        }

        /** Notes that it was cut because the bytes are used up. */
        void usedUp() {
            note(
                    new Kind(kind.host(), kind.port(), kind.address(), false, Reason.BYTES_USED_UP.wire()),
                    Duration.ZERO,
                    tally -> tally.times++);
        }

        void ended() {
            note(kind, Duration.ZERO, tally -> {});
        }
    }

    private record Kind(String host, int port, @Nullable String address, boolean allowed, String reason) {
        Kind anywhere() {
            return new Kind(FURTHER_HOSTS, 0, null, allowed, reason);
        }
    }

    private static final class Tally {
        private long times;
        private long up;
        private long down;
        private Duration pause = PAUSE_FIRST;
        private long notBeforeNanos = System.nanoTime();
        private boolean scheduled;

        boolean isEmpty() {
            return times == 0 && up == 0 && down == 0;
        }
    }

    private void note(Kind noted, Duration settling, Consumer<Tally> change) {
        long delayNanos;
        Kind kind;
        synchronized (this) {
            kind = tallies.containsKey(noted) || tallies.size() < KINDS_MAX ? noted : noted.anywhere();
            Tally tally = tallies.computeIfAbsent(kind, _ -> new Tally());
            change.accept(tally);
            delayNanos = Math.max(tally.notBeforeNanos - System.nanoTime(), settling.toNanos());
            if (tally.isEmpty() || (tally.scheduled && delayNanos > 0)) {
                return;
            }
            tally.scheduled = true;
        }
        if (delayNanos <= 0) {
            tellIfDue(kind);
        } else {
            var _ = timer.schedule(() -> tellIfDue(kind), delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void tellIfDue(Kind kind) {
        synchronized (this) {
            Tally tally = tallies.get(kind);
            if (tally == null || tally.notBeforeNanos - System.nanoTime() > 0) {
                return; // told meanwhile, and a later timer is set where there is more to tell
            }
            tally.scheduled = false;
            if (tally.isEmpty()) {
                return;
            }
            unwritten.add(new EgressDecided(
                    kind.host(),
                    kind.port(),
                    kind.address(),
                    kind.allowed(),
                    kind.reason(),
                    tally.times,
                    tally.up,
                    tally.down));
            tally.times = 0;
            tally.up = 0;
            tally.down = 0;
            tally.notBeforeNanos = System.nanoTime() + tally.pause.toNanos();
            Duration doubled = tally.pause.multipliedBy(2);
            tally.pause = doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
            if (isWriting) {
                return;
            }
            isWriting = true;
        }
        writing.execute(this::write);
    }

    private void write() {
        List<EgressDecided> next = take();
        while (!next.isEmpty()) {
            try {
                journal.record(next);
            } catch (RuntimeException e) {
                LOG.warn("Decisions of the egress proxy are not in the event log: {}", next, e);
            }
            next = take();
        }
    }

    private synchronized List<EgressDecided> take() {
        List<EgressDecided> taken = new ArrayList<>(unwritten);
        unwritten.clear();
        isWriting = !taken.isEmpty();
        return taken;
    }
}
