package dev.titan.tools.shell;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.RunningCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link ProcessTool}.
 *
 * @param action what to do
 * @param id which command; absent for a list alone
 * @param offset where in its output to begin, in bytes
 * @param waitS seconds, 0–{@value #WAIT_S_MAX}; absent is {@value #WAIT_S_DEFAULT}
 * @param text what to type, at most {@link RunningCommand#INPUT_BYTES_MAX} bytes
 * @param closeInput whether the input ends after the text
 * @param signal what to send
 */
public record ProcessArguments(
        @JsonPropertyDescription(
                "list: show the commands. read: show new output and whether it runs. write: type text into it. signal: send a signal. kill: end it with all its processes.")
        Action action,

        @JsonPropertyDescription("The id that shell answered, such as build/2/0. Needed for all but list.") @Nullable
        String id,

        @JsonPropertyDescription("For read: byte of the output to begin at, as the last answer named it. Default: 0.")
        @Nullable
        Long offset,

        @JsonPropertyDescription(
                "For read, write and signal: seconds to wait at most for output or the end, 0-60. Default: 5.")
        @Nullable
        Integer waitS,

        @JsonPropertyDescription("For write: what to type. End a line with a line break, as with the Enter key.")
        @Nullable
        String text,

        @JsonPropertyDescription("For write: true when this was all, like Ctrl-D. Default: false.") @Nullable
        Boolean closeInput,

        @JsonPropertyDescription("For signal: int is Ctrl-C, term asks to end.") @Nullable
        CommandSignal signal) {

    /** A call should not block a task for longer than a person would look at a screen. */
    public static final int WAIT_S_MAX = 60;

    /** Long enough for a server to start or a prompt to appear; output that has paused is answered sooner. */
    public static final int WAIT_S_DEFAULT = 5;

    public ProcessArguments {
        if (action != Action.LIST && id == null) {
            throw new IllegalArgumentException("id: is needed for %s".formatted(action.wire()));
        }
        if (action == Action.WRITE && text == null && !Boolean.TRUE.equals(closeInput)) {
            throw new IllegalArgumentException("text: is needed for write, unless close_input is true");
        }
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > RunningCommand.INPUT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "text: the limit is %,d bytes; write a file instead".formatted(RunningCommand.INPUT_BYTES_MAX));
        }
        if (action == Action.SIGNAL && signal == null) {
            throw new IllegalArgumentException("signal: is needed for signal");
        }
        if (offset != null && offset < 0) {
            throw new IllegalArgumentException("offset: must be 0 or more, not %d".formatted(offset));
        }
        if (waitS != null && (waitS < 0 || waitS > WAIT_S_MAX)) {
            throw new IllegalArgumentException("wait_s: must be 0-%d, not %d".formatted(WAIT_S_MAX, waitS));
        }
    }

    Duration patience() {
        return Duration.ofSeconds(waitS == null ? WAIT_S_DEFAULT : waitS);
    }

    /** What to do with a command. */
    public enum Action {
        /** Show all of them. */
        LIST,
        /** Show output. */
        READ,
        /** Type. */
        WRITE,
        /** Send a signal. */
        SIGNAL,
        /** End it. */
        KILL;

        /** Returns the name used in JSON: lower case. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Action of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
