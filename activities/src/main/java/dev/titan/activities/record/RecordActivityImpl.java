package dev.titan.activities.record;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.contracts.event.RecordActivity;
import dev.titan.store.event.EventLog;
import io.temporal.activity.Activity;

/** {@link RecordActivity} over the store. Thread-safe. */
public final class RecordActivityImpl implements RecordActivity {

    private final EventLog events;

    public RecordActivityImpl(EventLog events) {
        this.events = events;
    }

    @Override
    public void recordEvents(RecordRequest request) {
        FailureMapper.guard(() -> BackgroundHeartbeat.during(
                Activity.getExecutionContext(),
                () -> events.append(request.task(), request.traceId(), request.events())));
    }
}
