package dev.titan.testing.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a request is for, told by the first line of its system prompt: {@code You are Titan's planner.} */
public enum AskedRole {
    INTERPRETER,
    PLANNER,
    EXECUTOR,
    REVIEWER,
    JUDGE,
    SUMMARIZER,
    /** Not a prompt of Titan's: somebody tries the endpoint out. */
    OTHER;

    /** Returns the name used in scripts: lower case. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a script's name of a role; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AskedRole of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Returns the role whose opening line the system prompt begins with. */
    static AskedRole ofPrompt(String system) {
        for (AskedRole role : values()) {
            if (system.startsWith("You are Titan's " + role.wire() + ".")) {
                return role;
            }
        }
        return OTHER;
    }
}
