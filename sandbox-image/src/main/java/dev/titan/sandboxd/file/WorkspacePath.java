package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A path as it was asked for, made relative to the workspace. Whether it stays inside is not decided here: only whoever
 * resolves its links knows.
 *
 * @param value never absolute, never empty; {@code .} is the workspace
 */
record WorkspacePath(String value) {

    /** Linux: PATH_MAX. */
    private static final int PATH_BYTES_MAX = 4096;

    /** Reads a path that is relative to {@code root} or absolute below it. */
    static WorkspacePath parse(String path, String root) throws RefusedException {
        if (path.isEmpty()) {
            throw new RefusedException(Problem.INVALID_PATH, path, "is empty");
        }
        if (path.indexOf('\0') >= 0) {
            throw new RefusedException(Problem.INVALID_PATH, path, "has a NUL byte in it");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw new RefusedException(
                    Problem.INVALID_PATH, path, "is longer than %,d bytes".formatted(PATH_BYTES_MAX));
        }
        if (!path.startsWith("/")) {
            return new WorkspacePath(path);
        }
        String absolute = path.replaceFirst("^/+", "/");
        if (absolute.equals(root)) {
            return new WorkspacePath(".");
        }
        if (!absolute.startsWith(root + "/")) {
            throw RefusedException.outside(path);
        }
        String relative = absolute.substring(root.length()).replaceFirst("^/+", "");
        return new WorkspacePath(relative.isEmpty() ? "." : relative);
    }

    /** Returns the path without empty and {@code .} parts; empty for the workspace itself. */
    String shown() {
        return Arrays.stream(value.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(Collectors.joining("/"));
    }
}
