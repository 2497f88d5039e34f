package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a sandbox that waits in the pool: {@code sbx-warm-<shape>-<number>}. It gets a task's id when it is claimed.
 *
 * @param shape the {@link PoolShape#fingerprint} it was made by, 7 hexadecimal digits
 * @param number 8 hexadecimal digits, random
 */
public record WarmId(String shape, String number) {

    private static final String PREFIX = "sbx-warm-";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "([0-9a-f]{7})-([0-9a-f]{8})");

    /** Returns an id that nobody has had. */
    public static WarmId next(String shape) {
        return new WarmId(shape, UUID.randomUUID().toString().substring(0, 8));
    }

    /** Reads an id; empty when it is a task's. */
    public static Optional<WarmId> of(SandboxId id) {
        Matcher match = SHAPE.matcher(id.value());
        return match.matches() ? Optional.of(new WarmId(match.group(1), match.group(2))) : Optional.empty();
    }

    /** Returns it as the id that names container and place. */
    public SandboxId id() {
        return new SandboxId(PREFIX + shape + "-" + number);
    }
}
