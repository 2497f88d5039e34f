package dev.titan.e2e;

import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptLibrary;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.model.TranscriptScript;
import dev.titan.testing.model.YamlScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Parts for the scripted model. */
final class Scripts {

    /** Above every command of these tests, so that only what a test does ends one. */
    private static final int TIMEOUT_S = 900;

    private Scripts() {}

    /** Runs these shell commands one after the other, each in a turn of its own. */
    static ModelScript shell(String goal, String... commands) {
        List<Call> calls = Arrays.stream(commands)
                .map(command -> new Call("shell", Map.of("command", command, "timeout_s", TIMEOUT_S)))
                .toList();
        return new TranscriptScript(goal, goal, calls, "Done.");
    }

    /** Reads a script of {@code src/test/resources/scripts}. */
    static YamlScript yaml(String name) {
        try (InputStream yaml = Scripts.class.getResourceAsStream("/scripts/" + name + ".yml")) {
            if (yaml == null) {
                throw new IllegalStateException("no script " + name);
            }
            return (YamlScript) ScriptLibrary.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
