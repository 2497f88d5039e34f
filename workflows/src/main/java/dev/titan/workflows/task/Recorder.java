package dev.titan.workflows.task;

import dev.titan.contracts.event.RecordActivity.RecordRequest;
import dev.titan.contracts.task.TaskStart;

/** Records what is left in the outbox when no other activity will. */
final class Recorder {

    private final TaskStart start;
    private final Outbox outbox;

    Recorder(TaskStart start, Outbox outbox) {
        this.start = start;
        this.outbox = outbox;
    }

    void flush() {
        if (!outbox.isEmpty()) {
            outbox.deliver(events ->
                    ActivityPolicy.record().recordEvents(new RecordRequest(start.taskId(), start.traceId(), events)));
        }
    }
}
