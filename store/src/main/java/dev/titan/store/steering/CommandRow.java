package dev.titan.store.steering;

import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command as stored.
 *
 * @param id its id, unique within the task
 * @param command what was asked
 * @param number of a message: its place among the task's messages, from 1, once it was taken
 * @param createdAt when it was asked
 * @param takenAt when the loop took it; absent until then
 */
public record CommandRow(
        CommandId id,
        Command command,
        @Nullable Integer number,
        Instant createdAt,
        @Nullable Instant takenAt) {}
