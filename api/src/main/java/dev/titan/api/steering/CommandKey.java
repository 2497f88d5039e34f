package dev.titan.api.steering;

import dev.titan.api.task.IdempotencyKey;
import dev.titan.contracts.steering.CommandId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the id of a command from what the client calls it, so that its repetitions are one command. */
final class CommandKey {

    private CommandKey() {}

    static CommandId of(@Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return new CommandId("cmd-" + UUID.randomUUID());
        }
        IdempotencyKey.requireValid(idempotencyKey);
        return new CommandId("cmd-" + idempotencyKey);
    }
}
