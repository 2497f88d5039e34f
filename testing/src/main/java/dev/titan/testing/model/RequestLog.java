package dev.titan.testing.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the server was asked, for assertions. Thread-safe. */
public final class RequestLog {

    /** The newest requests are kept whole; a demo that runs for weeks must not fill the memory. */
    private static final int KEPT_MAX = 2_000;

    /** Each request of a long conversation holds the ones before it; as a tree, JSON takes some ten times its bytes. */
    private static final long KEPT_BYTES_MAX = 8 << 20;

    private record Kept(RecordedRequest request, int bytes) {}

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long keptBytes;
    private final Map<String, Integer> counts = new HashMap<>();
    private int total;

    /** Adds a request of so many bytes and returns its numbers: within its script, and over all. */
    synchronized Numbers add(RecordedRequest request, int bytes, String script) {
        kept.addLast(new Kept(request, bytes));
        keptBytes += bytes;
        while (kept.size() > KEPT_MAX || (keptBytes > KEPT_BYTES_MAX && kept.size() > 1)) {
            keptBytes -= kept.removeFirst().bytes();
        }
        total++;
        int ofRole = counts.merge(request.role().wire(), 1, Integer::sum);
        int ofScript = counts.merge("script/" + script, 1, Integer::sum);
        int ofScriptAndRole =
                counts.merge("script/" + script + "/" + request.role().wire(), 1, Integer::sum);
        return new Numbers(ofRole, total, ofScriptAndRole, ofScript);
    }

    /** Returns the newest requests, oldest first. */
    public synchronized List<RecordedRequest> all() {
        return kept.stream().map(Kept::request).toList();
    }

    /** Returns how many requests there were in all. */
    public synchronized int count() {
        return total;
    }

    /** Returns how many requests of the role there were. */
    public synchronized int count(AskedRole role) {
        return counts.getOrDefault(role.wire(), 0);
    }

    /** Forgets everything, so that counting starts anew. */
    public synchronized void clear() {
        kept.clear();
        keptBytes = 0;
        counts.clear();
        total = 0;
    }

    record Numbers(int ofRole, int ofAll, int ofScriptAndRole, int ofScript) {}
}
