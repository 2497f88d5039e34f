package dev.titan.api.task;

import dev.titan.api.problem.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a body's {@code context}.
 *
 * @param files files for the workspace: relative path → text
 * @param setup a shell command to run after they are there
 * @param rest everything else
 */
record Context(Map<String, String> files, @Nullable String setup, Map<String, Object> rest) {

    /** A small project; a large one is fetched by the setup command or by the task itself. */
    static final int FILES_MAX = 1_000;

    /** Linux: PATH_MAX. */
    static final int PATH_CHARS_MAX = 4_096;

    private static final String FILES = "files";
    private static final String SETUP = "setup";

    /** Takes a context apart; what cannot be used becomes an error. */
    static Context of(@Nullable Map<String, Object> context, List<FieldError> errors) {
        if (context == null) {
            return new Context(Map.of(), null, Map.of());
        }
        Map<String, Object> rest = new HashMap<>(context);
        Map<String, String> files = files(rest.remove(FILES), errors);
        String setup = setup(rest.remove(SETUP), errors);
        rest.values().removeIf(value -> value == null);
        return new Context(files, setup, rest);
    }

    private static Map<String, String> files(@Nullable Object value, List<FieldError> errors) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> entries)) {
            errors.add(new FieldError("context.files", "must be an object of path and text"));
            return Map.of();
        }
        if (entries.size() > FILES_MAX) {
            errors.add(new FieldError("context.files", "must have at most 1,000 entries"));
        }
        Map<String, String> files = new HashMap<>();
        entries.forEach((key, text) -> {
            String path = String.valueOf(key);
            String field = "context.files['%s']".formatted(path);
            if (!isInsideWorkspace(path)) {
                errors.add(new FieldError(field, "must be a path inside the workspace, relative to it"));
            } else if (text instanceof String content) {
                files.put(path, content);
            } else {
                errors.add(new FieldError(field, "must be a string"));
            }
        });
        return files;
    }

    private static @Nullable String setup(@Nullable Object value, List<FieldError> errors) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            return null;
        }
        if (value instanceof String text && text.length() <= CreateTaskRequest.COMMAND_CHARS_MAX) {
            return text;
        }
        errors.add(new FieldError("context.setup", "must be a string of at most 10,000 characters"));
        return null;
    }

    /** The sandbox checks again, against symlinks too; this is for an early and clear answer. */
    private static boolean isInsideWorkspace(String path) {
        return !path.isBlank()
                && path.length() <= PATH_CHARS_MAX
                && path.indexOf('\0') < 0
                && !path.startsWith("/")
                && !List.of(path.split("/", -1)).contains("..");
    }
}
