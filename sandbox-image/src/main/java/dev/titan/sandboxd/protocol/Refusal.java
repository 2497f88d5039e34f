package dev.titan.sandboxd.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.contracts.sandbox.FileReply;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of every answer that is not a success, as {@code application/problem+json} (RFC 9457).
 *
 * @param problem the kind
 * @param detail a sentence that names the path or key
 */
public record Refusal(Kind problem, String detail) {

    /** The media type of a refusal. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Why nothing was done. The first six are {@link FileReply.Problem} under the same names. */
    public enum Kind {
        NOT_FOUND(404),
        OUTSIDE_WORKSPACE(403),
        INVALID_PATH(400),
        TOO_LARGE(413),
        WRONG_KIND(409),
        NOT_POSSIBLE(403),
        /** The journal does not know the key. */
        UNKNOWN_KEY(404),
        /** The command is over, has no open input or no terminal, or does not read what it was sent. */
        CONFLICT(409),
        /** The request itself is wrong: a parameter missing, a body that is not what the route takes, no such route. */
        BAD_REQUEST(400),
        /** As many commands run, or requests wait, as the daemon can hold. Ask again later. */
        BUSY(503),
        /** A bug in the daemon. */
        INTERNAL(500);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** Returns the HTTP status it is sent with. */
        public int status() {
            return status;
        }

        /** Returns the name used in JSON: lower case with underscores. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Kind ofWire(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }

        /** Returns the kind of refusal that tells of {@code problem}. */
        public static Kind of(FileReply.Problem problem) {
            return valueOf(problem.name());
        }

        /** Returns the file problem this kind stands for, if it stands for one. */
        public Optional<FileReply.Problem> fileProblem() {
            return Arrays.stream(FileReply.Problem.values())
                    .filter(problem -> problem.name().equals(name()))
                    .findFirst();
        }
    }
}
