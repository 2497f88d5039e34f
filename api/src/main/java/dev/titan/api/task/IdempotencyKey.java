package dev.titan.api.task;

import dev.titan.api.problem.ProblemException;
import java.util.regex.Pattern;

/** What a client may call a request, so that its repetitions are one. */
public final class IdempotencyKey {

    /** Printable ASCII, and room for any UUID with a prefix. */
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** Ends a request whose key cannot be one. */
    public static void requireValid(String key) {
        if (!SHAPE.matcher(key).matches()) {
            throw ProblemException.invalid("Idempotency-Key", "must be 1–255 printable ASCII characters");
        }
    }
}
