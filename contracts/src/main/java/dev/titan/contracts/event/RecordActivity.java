package dev.titan.contracts.event;

import dev.titan.contracts.task.TaskId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Records events that have no other activity to ride on. */
@ActivityInterface
public interface RecordActivity {

    /** Appends the events to the task's log, each once however often this is repeated. */
    @ActivityMethod(name = "recordEvents")
    void recordEvents(RecordRequest request);

    /**
     * The argument of {@link #recordEvents}.
     *
     * @param task the task
     * @param traceId 32 hexadecimal digits
     * @param events in order
     */
    record RecordRequest(TaskId task, String traceId, List<PendingEvent> events) {
        public RecordRequest {
            events = List.copyOf(events);
        }
    }
}
