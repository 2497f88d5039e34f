package dev.titan.contracts.steering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a request for approval. */
public enum ApprovalStatus {
    /** Nobody has decided yet. */
    PENDING,
    /** The call may be made as it was asked for. */
    APPROVED,
    /** The call may be made with the arguments the person gave. */
    EDITED,
    /** The call may not be made. */
    DENIED,
    /** Nobody decided in time, so it may not be made. */
    EXPIRED;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ApprovalStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
