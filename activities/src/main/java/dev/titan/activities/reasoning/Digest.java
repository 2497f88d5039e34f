package dev.titan.activities.reasoning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Earlier steps as a prompt shows them: an entry each, in the order in which they ended, the oldest replaced by a summary
 * once there are too many. Between two summaries it only grows at its end, so the beginning of every prompt stays what
 * providers have in their caches.
 *
 * @param summary what is left of the oldest; absent when there are none
 * @param entries the others, oldest first
 */
record Digest(@Nullable String summary, List<Entry> entries) {

    Digest {
        entries = List.copyOf(entries);
    }

    /**
     * A step that has ended.
     *
     * @param key the step and how often it has been worked on, such as {@code build@1}
     * @param words what the prompt says of it
     */
    record Entry(String key, String words) {}

    String words() {
        return Stream.concat(
                        Stream.ofNullable(summary).map(text -> Wording.tag("summary_of_earlier_steps", text)),
                        entries.stream().map(Entry::words))
                .collect(Collectors.joining("\n"));
    }

    long tokens() {
        return TokenEstimate.UNCORRECTED.tokens(TokenEstimate.bytes(words()));
    }

    /** Returns the entries for the next summary: all but the newest that fit into so many tokens. */
    List<Entry> older(long keptTokens) {
        List<Entry> older = new ArrayList<>(entries);
        long room = TokenEstimate.UNCORRECTED.bytes(keptTokens);
        while (!older.isEmpty()) {
            room -= TokenEstimate.bytes(older.getLast().words());
            if (room < 0) {
                break;
            }
            older.removeLast();
        }
        return List.copyOf(older);
    }
}
