package dev.titan.contracts.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be sent to a running command without ending all of it at once; for that there is {@link RunningCommand#kill}. */
public enum CommandSignal {
    /** Hang-up: servers read their configuration anew. */
    HUP(1),
    /** What Ctrl-C sends. */
    INT(2),
    /** What Ctrl-\ sends. */
    QUIT(3),
    /** Means what the program makes of it. */
    USR1(10),
    /** Means what the program makes of it. */
    USR2(12),
    /** Asks to end in good order. */
    TERM(15),
    /** Lets a stopped one go on. */
    CONT(18),
    /** Stops until CONT. */
    STOP(19);

    private final int number;

    CommandSignal(int number) {
        this.number = number;
    }

    /** Returns its number on Linux, the same on x86-64 and AArch64. */
    public int number() {
        return number;
    }

    /** Returns the name used in JSON: lower case. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CommandSignal of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
