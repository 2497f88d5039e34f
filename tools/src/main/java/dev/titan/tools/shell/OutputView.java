package dev.titan.tools.shell;

import dev.titan.contracts.sandbox.CommandProgress;
import dev.titan.contracts.sandbox.CommandProgress.State;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.tools.output.HeadAndTail;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a running command prints while somebody looks: until it is over, until it has printed something and paused, or
 * until patience runs out. Keeps the beginning and the end of what it saw.
 */
final class OutputView {

    /** Below the 500 ms in which viewers want to be called, so that a cancelled task is noticed. */
    private static final Duration LOOK = Duration.ofMillis(400);

    /** A program that has printed and then kept silent for two looks waits for something, most often for us. */
    private static final int SILENT_LOOKS_MAX = 2;

    /** Reads that catch up with what was printed meanwhile; one that never stops printing is not caught up with. */
    private static final int LAST_LOOKS_MAX = 4;

    /** Of each end: more than a model is shown of both. */
    private static final int KEPT_BYTES_MAX = 16 * 1024;

    /** Continuation bytes of the longest character (RFC 3629). */
    private static final int CONTINUATIONS_MAX = 3;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte @Nullable [] tail;
    private long cut;
    private long next;

    private OutputView(long offset) {
        this.next = offset;
    }

    /** Looks at a command from {@code offset} of its output on. */
    static Seen look(RunningCommand command, long offset, Duration patience, OutputListener viewers) {
        OutputView view = new OutputView(offset);
        long giveUp = System.nanoTime() + patience.toNanos();
        int silentLooks = 0;
        int lastLooks = 0;
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, giveUp - System.nanoTime()));
            CommandProgress progress = command.read(view.next, left.compareTo(LOOK) < 0 ? left : LOOK);
            viewers.onOutput(progress.chunk());
            view.add(progress);
            silentLooks = progress.chunk().length > 0 || view.isEmpty() ? 0 : silentLooks + 1;
            if (left.isZero()
                    || silentLooks >= SILENT_LOOKS_MAX
                    || lastLooks > 0
                    || progress.state() instanceof State.Over) {
                lastLooks++;
                if (view.next >= progress.bytesTotal() || lastLooks > LAST_LOOKS_MAX) {
                    return view.seen(progress.state());
                }
            }
        }
    }

    private boolean isEmpty() {
        return head.size() == 0;
    }

    private void add(CommandProgress progress) {
        long missed = Math.max(0, progress.offset() - next);
        byte[] chunk = progress.chunk();
        next = progress.nextOffset();
        int toHead = tail == null && missed == 0 ? Math.min(chunk.length, KEPT_BYTES_MAX - head.size()) : 0;
        head.write(chunk, 0, toHead);
        if (toHead < chunk.length) {
            cut += missed;
            addToTail(Arrays.copyOfRange(chunk, toHead, chunk.length));
        }
    }

    private void addToTail(byte[] more) {
        byte[] before = tail == null ? new byte[0] : tail;
        byte[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        int surplus = Math.max(0, all.length - KEPT_BYTES_MAX);
        cut += surplus;
        tail = Arrays.copyOfRange(all, surplus, all.length);
    }

    private Seen seen(State state) {
        byte[] beginning = head.toByteArray();
        if (tail != null) {
            return new Seen(
                    state, new HeadAndTail(text(beginning, beginning.length), text(tail, tail.length), cut), next);
        }
        // What is left of a character whose rest has not been printed yet is read with the rest.
        int whole = state instanceof State.Running ? wholeCharacters(beginning) : beginning.length;
        return new Seen(state, HeadAndTail.whole(text(beginning, whole)), next - (beginning.length - whole));
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > 0 && bytes.length - start <= CONTINUATIONS_MAX && (bytes[start] & 0xc0) == 0x80) {
            start--;
        }
        if (start < 0) {
            return 0;
        }
        int needed = (bytes[start] & 0xe0) == 0xc0
                ? 2
                : (bytes[start] & 0xf0) == 0xe0 ? 3 : (bytes[start] & 0xf8) == 0xf0 ? 4 : 1;
        return bytes.length - start < needed ? start : bytes.length;
    }

    /**
     * What was seen.
     *
     * @param state whether it runs
     * @param output what it printed
     * @param nextOffset where to look on
     */
    record Seen(State state, HeadAndTail output, long nextOffset) {}
}
