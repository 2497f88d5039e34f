package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * What the model is saying, for the line below the others: its newest words. Of steps side by side the one that speaks is
 * shown. Nothing of it stays on the screen, since a repeated attempt would make it void.
 */
final class LiveWords {

    /** What fits into the line beside its margin. */
    private static final int SHOWN_CHARS_MAX = 70;

    private static final String MARGIN = "  » ";

    private final StringBuilder newest = new StringBuilder();
    private String turn = "";

    void said(LiveEvent event) {
        String of = "%s/%s".formatted(event.stepId(), event.turn());
        switch (event.data()) {
            case TaskEvent.ModelDelta delta -> {
                if (!of.equals(turn) || delta.offset() == 0) {
                    newest.setLength(0);
                }
                turn = of;
                newest.append(delta.text());
                newest.delete(0, Math.max(0, newest.length() - 4 * SHOWN_CHARS_MAX));
            }
            case TaskEvent.AttemptRestarted _ -> newest.setLength(0);
            default -> {
                // A newer server may have more to say.
            }
        }
    }

    /** An event of the log has come: the turn it ends is not spoken of any more. */
    void after(EventEnvelope event) {
        if (event.data() instanceof TaskEvent.UsageRecorded
                && Objects.equals(turn, "%s/%s".formatted(event.stepId(), event.turn()))) {
            newest.setLength(0);
        }
    }

    /** Returns the line; empty while nobody speaks. */
    Optional<String> line() {
        String words = newest.toString().replaceAll("\\s+", " ").strip();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        int from = words.length() - SHOWN_CHARS_MAX;
        return Optional.of(MARGIN + (from <= 0 ? words : "…" + words.substring(from + 1)));
    }
}
