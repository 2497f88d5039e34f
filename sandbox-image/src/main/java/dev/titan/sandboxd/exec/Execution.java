package dev.titan.sandboxd.exec;

import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.sandboxd.journal.Journal;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.protocol.ExecListing;
import dev.titan.sandboxd.protocol.ExecState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One command, from the request on for as long as the journal keeps it. It is over when its main process has ended and
 * its output pipe is closed, or {@link #OUTPUT_GRACE} after the main process, because a background process it left may
 * hold the pipe for ever; what such a process writes later is read and dropped. Thread-safe.
 */
public final class Execution implements Journal.Entry {

    /** Long enough for what a pipeline's other members still write, short enough not to be felt. */
    static final Duration OUTPUT_GRACE = Duration.ofMillis(200);

    /**
     * How long new output waits for more of it, or for the end, before it is handed out. A short command is then answered
     * once, with its end, and a chatty one causes 50 answers a second at most.
     */
    private static final Duration GATHERING = Duration.ofMillis(20);

    /** More than one worker and its predecessors ever wait; the rest is answered at once. */
    private static final int READERS_MAX = 16;

    private final String key;
    private final String commandLine;
    private final ScheduledExecutorService timer;
    private final OutOfMemoryKills.Since memory;
    private final long startedNanos = System.nanoTime();
    private final KeptOutput output = new KeptOutput();
    private final List<Reader> readers = new ArrayList<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private @Nullable ProcessMembers members;
    private @Nullable CommandStreams streams;
    private @Nullable End stop;
    private LibC.@Nullable Ended mainEnded;
    private boolean memoryRanOut;
    private boolean outputEnded;
    private @Nullable End end;
    private long tookNanos;

    Execution(String key, String commandLine, ScheduledExecutorService timer, OutOfMemoryKills.Since memory) {
        this.key = key;
        this.commandLine = commandLine;
        this.timer = timer;
        this.memory = memory;
    }

    /** Waits until it is over, or until there is output behind {@code offset}, or until {@code wait} has passed. */
    public CompletableFuture<ExecState> await(long offset, Duration wait) {
        synchronized (this) {
            if (end == null && !wait.isZero() && readers.size() < READERS_MAX) {
                Reader reader = new Reader(offset);
                readers.add(reader);
                reader.timers.add(answerAfter(reader, wait));
                gatherIfNews(reader);
                return reader.answer;
            }
        }
        return CompletableFuture.completedFuture(state(offset));
    }

    /** Returns what is known now, with output from {@code offset} on. */
    public synchronized ExecState state(long offset) {
        KeptOutput.Chunk chunk = output.from(offset, ExecState.CHUNK_BYTES_MAX);
        long took = end == null ? System.nanoTime() - startedNanos : tookNanos;
        return new ExecState(
                key,
                end == null,
                end,
                TimeUnit.NANOSECONDS.toMillis(took),
                output.total(),
                chunk.bytes(),
                chunk.nextOffset(),
                end == null ? null : output.kept());
    }

    /** Returns its line in a list, with those of its processes that are in the process table. */
    synchronized ExecListing.Line line(List<ProcessEntry> table) {
        long took = end == null ? System.nanoTime() - startedNanos : tookNanos;
        return new ExecListing.Line(
                key,
                commandLine,
                end,
                TimeUnit.NANOSECONDS.toMillis(took),
                output.total(),
                end == null && members != null ? members.in(table).size() : 0);
    }

    /** Completes when it is over. */
    CompletableFuture<Void> over() {
        return over;
    }

    @Override
    public synchronized boolean finished() {
        return end != null;
    }

    @Override
    public synchronized long retainedBytes() {
        return output.retainedBytes();
    }

    @Override
    public synchronized void shed() {
        output.shed();
    }

    /** Says which processes and streams are its own. */
    synchronized void started(ProcessMembers processes, CommandStreams itsStreams) {
        members = processes;
        streams = itsStreams;
    }

    /** Returns its streams, for the thread they belong to. */
    synchronized CommandStreams streams() throws ConflictException {
        if (streams == null || mainEnded != null) {
            throw new ConflictException(end == null && mainEnded == null ? "it is only starting" : "it is over");
        }
        return streams;
    }

    /** Returns its main process. */
    synchronized int main() throws ConflictException {
        if (members == null || mainEnded != null) {
            throw new ConflictException("it is over");
        }
        return members.main().pid();
    }

    /** Whether somebody wanted it dead, perhaps before there was anything to kill. */
    synchronized boolean unwanted() {
        return stop != null;
    }

    /** Ends it before it began. */
    void notStarted(String message) {
        finish(new End.NotStarted(message));
    }

    /**
     * Notes why it is about to be killed; the first reason counts.
     *
     * @return the processes to kill; empty when there is nothing to kill, no more or not yet
     */
    synchronized Optional<ProcessMembers> stopFor(End reason) {
        if (end != null) {
            return Optional.empty();
        }
        if (stop == null && mainEnded == null) {
            stop = reason;
        }
        return Optional.ofNullable(members);
    }

    void appeared(byte[] bytes, int size) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            output.append(bytes, size);
            readers.forEach(this::gatherIfNews);
        }
    }

    void outputEnded() {
        synchronized (this) {
            outputEnded = true;
            if (mainEnded == null) {
                return;
            }
        }
        finishAsEnded();
    }

    void mainEnded(LibC.Ended ended) {
        synchronized (this) {
            mainEnded = ended;
            tookNanos = System.nanoTime() - startedNanos;
            memoryRanOut = ended.waitStatus() != 0 && memory.any();
            if (!outputEnded) {
                var _ = timer.schedule(this::finishAsEnded, OUTPUT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        }
        finishAsEnded();
    }

    private void finishAsEnded() {
        finish(endOfMain());
    }

    private synchronized End endOfMain() {
        LibC.Ended ended = Objects.requireNonNull(mainEnded);
        if (stop != null && ended.signal() == LibC.SIGKILL) {
            return stop;
        }
        if (memoryRanOut && isVictimOfMemory(ended)) {
            return new End.OutOfMemory(ended.statusInShell());
        }
        return ended.signalled() ? new End.Signalled(ended.signal()) : new End.Exited(ended.exitStatus());
    }

    /** With other commands running, the process killed may have been one of theirs, unless this one's status tells. */
    private boolean isVictimOfMemory(LibC.Ended ended) {
        return ended.statusInShell() == LibC.Ended.KILLED_IN_SHELL
                || (members != null && members.alone().getAsBoolean());
    }

    private void finish(End how) {
        List<Reader> waiting;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = how;
            waiting = List.copyOf(readers);
        }
        over.complete(null);
        waiting.forEach(this::answer);
    }

    private void gatherIfNews(Reader reader) {
        if (!reader.gathering && output.total() > reader.offset) {
            reader.gathering = true;
            reader.timers.add(answerAfter(reader, GATHERING));
        }
    }

    private Future<?> answerAfter(Reader reader, Duration wait) {
        return timer.schedule(() -> answer(reader), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answer(Reader reader) {
        synchronized (this) {
            if (!readers.remove(reader)) {
                return;
            }
            reader.timers.forEach(unneeded -> unneeded.cancel(false));
        }
        reader.answer.complete(state(reader.offset));
    }

    /** Somebody who waits for news. */
    private static final class Reader {
        private final long offset;
        private final CompletableFuture<ExecState> answer = new CompletableFuture<>();
        private final List<Future<?>> timers = new ArrayList<>();
        private boolean gathering;

        Reader(long offset) {
            this.offset = offset;
        }
    }
}
