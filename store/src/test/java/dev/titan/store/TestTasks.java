package dev.titan.store;

import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.store.event.EventLog;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.TaskRepository;
import java.util.UUID;

/** Tasks for tests that are about something else. */
public final class TestTasks {

    public static final String TRACE = "0123456789abcdef0123456789abcdef";

    private TestTasks() {}

    /** Returns an id that no other task has. */
    public static TaskId newId() {
        return new TaskId("task-" + UUID.randomUUID());
    }

    /** Accepts a task and returns its id; its log holds {@code task_queued} as seq 1. */
    public static TaskId accepted(StoreDatabase database) {
        TaskId id = newId();
        new TaskRepository(
                        database.jdbc(), database.transaction(), new EventLog(database.jdbc(), database.transaction()))
                .accept(plain(id));
        return id;
    }

    /** A task without idempotency key. */
    public static NewTask plain(TaskId id) {
        return new NewTask(id, TaskRequest.of("say hello"), "org_default", "usr_default", null, null, TRACE);
    }
}
