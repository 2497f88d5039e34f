package dev.titan.api.steering;

import dev.titan.api.problem.ProblemException;
import dev.titan.contracts.steering.CommandId;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the id of a command from what the client calls it, so that its repetitions are one command. */
final class CommandKey {

    /** Printable ASCII, and room for any UUID with a prefix. */
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private CommandKey() {}

    static CommandId of(@Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return new CommandId("cmd-" + UUID.randomUUID());
        }
        if (!SHAPE.matcher(idempotencyKey).matches()) {
            throw ProblemException.invalid("Idempotency-Key", "must be 1–255 printable ASCII characters");
        }
        return new CommandId("cmd-" + idempotencyKey);
    }
}
