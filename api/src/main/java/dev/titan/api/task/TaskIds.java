package dev.titan.api.task;

import dev.titan.contracts.task.TaskId;
import java.security.SecureRandom;
import java.util.UUID;

/** Makes ids of tasks: version 7 UUIDs (RFC 9562), so that ids sort by the millisecond they were made in. */
final class TaskIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TaskIds() {}

    static TaskId next() {
        long high = (System.currentTimeMillis() << 16) | VERSION_7 | (RANDOM.nextLong() & 0x0FFFL);
        long low = VARIANT | (RANDOM.nextLong() >>> 2);
        return new TaskId("task-" + new UUID(high, low));
    }
}
