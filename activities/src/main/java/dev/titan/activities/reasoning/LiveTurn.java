package dev.titan.activities.reasoning;

import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.store.event.LiveBroadcast;
import java.time.Clock;

/**
 * Shows the words of a turn to whoever follows the task, while the model says them. A repeated attempt first says that
 * what was shown before is void; whether anything was shown, by a process that may be dead, it does not know. Used by one
 * thread.
 */
final class LiveTurn implements AutoCloseable {

    private final LiveBroadcast viewers;
    private final Topic topic;
    private final int attempt;
    private final Clock clock;
    private long said;

    /** @param attempt of the activity, from 1 */
    LiveTurn(LiveBroadcast viewers, Topic topic, int attempt, Clock clock) {
        this.viewers = viewers;
        this.topic = topic;
        this.attempt = attempt;
        this.clock = clock;
        if (attempt > 1) {
            send(new TaskEvent.AttemptRestarted(attempt));
        }
    }

    void say(String piece) {
        send(new TaskEvent.ModelDelta(attempt, said, piece));
        said += piece.length();
    }

    /** Sees to it that the last words are under way before the event that ends the turn is stored. */
    @Override
    public void close() {
        viewers.flush();
    }

    private void send(TaskEvent.Live data) {
        viewers.send(new LiveEvent(topic.task(), clock.instant(), topic.step(), topic.turn(), topic.traceId(), data));
    }
}
