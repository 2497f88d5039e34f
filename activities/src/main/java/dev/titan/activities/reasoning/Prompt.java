package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The standing instructions of a role: a file of the class path, never changed once released; a better one is a new
 * version. They come first in every conversation and hold nothing of the task, so that providers' caches hit.
 *
 * @param role what model calls with it are counted as
 * @param name name and version, such as {@code planner/1}
 * @param text the instructions
 */
record Prompt(Role role, String name, String text) {

    static final Prompt INTERPRETER = load(Role.INTERPRETER, "interpreter", 1);
    static final Prompt PLANNER = load(Role.PLANNER, "planner", 2);
    static final Prompt EXECUTOR = load(Role.EXECUTOR, "executor", 2);
    static final Prompt REVIEWER = load(Role.REVIEWER, "reviewer", 1);
    static final Prompt JUDGE = load(Role.REVIEWER, "judge", 1);
    static final Prompt SUMMARIZER = load(Role.SUMMARIZER, "summarizer", 1);

    private static Prompt load(Role role, String file, int version) {
        String path = "/prompts/%s.v%d.md".formatted(file, version);
        try (InputStream content = Prompt.class.getResourceAsStream(path)) {
            if (content == null) {
                throw new IllegalStateException("the class path has no " + path);
            }
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return new Prompt(role, file + "/" + version, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Message.Instructions instructions() {
        return new Message.Instructions(text, name);
    }
}
