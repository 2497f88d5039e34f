package dev.titan.store.event;

import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import java.util.Objects;

/** A live event that is not sent yet; the words that follow meanwhile are joined to it. Not thread-safe. */
final class WaitingEvent {

    private final LiveEvent first;
    private final StringBuilder text = new StringBuilder();

    WaitingEvent(LiveEvent first) {
        this.first = first;
        if (first.data() instanceof TaskEvent.ModelDelta delta) {
            text.append(delta.text());
        }
    }

    /** Returns the size of an event's words. */
    static int chars(LiveEvent event) {
        return event.data() instanceof TaskEvent.ModelDelta delta ? delta.text().length() : 1;
    }

    /** Returns whether the other event is of the same turn. */
    boolean isOf(LiveEvent other) {
        return first.taskId().equals(other.taskId())
                && Objects.equals(first.stepId(), other.stepId())
                && Objects.equals(first.turn(), other.turn());
    }

    /** Returns true when the event's words follow these, and are with them now. */
    boolean joined(LiveEvent next) {
        if (first.data() instanceof TaskEvent.ModelDelta mine
                && next.data() instanceof TaskEvent.ModelDelta theirs
                && mine.attempt() == theirs.attempt()
                && mine.offset() + text.length() == theirs.offset()) {
            text.append(theirs.text());
            return true;
        }
        return false;
    }

    LiveEvent whole() {
        return first.data() instanceof TaskEvent.ModelDelta mine
                ? LivePayload.with(first, new TaskEvent.ModelDelta(mine.attempt(), mine.offset(), text.toString()))
                : first;
    }
}
