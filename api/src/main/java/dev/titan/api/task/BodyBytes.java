package dev.titan.api.task;

import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads a body that has a limit. */
final class BodyBytes {

    /** 1 MiB: ten of the longest goals. */
    static final int MAX = 1 << 20;

    /**
     * What is read and thrown away of a body that is too large, so that a client that writes before it reads gets the
     * answer instead of a broken connection.
     */
    private static final int DRAINED_MAX = 16 << 20;

    private BodyBytes() {}

    static byte[] read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX + 1);
        if (bytes.length <= MAX) {
            return bytes;
        }
        body.skip(DRAINED_MAX);
        String reason = "must be at most 1,048,576 bytes; 'goal' at most 100,000 characters";
        throw new ProblemException(
                ProblemType.BODY_TOO_LARGE, "The body " + reason + ".", List.of(new FieldError("body", reason)));
    }
}
