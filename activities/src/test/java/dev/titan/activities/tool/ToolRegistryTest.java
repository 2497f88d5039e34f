package dev.titan.activities.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.tools.BuiltInTools;
import dev.titan.tools.file.FileReadArguments;
import dev.titan.tools.file.FileReadTool;
import dev.titan.tools.shell.ShellArguments;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolRegistryTest {

    private final ToolRegistry registry =
            new ToolRegistry(BuiltInTools.all(Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib")));

    @Test
    void describesArgumentsAsClosedJsonSchemaInTheOrderOfTheRecord() {
        ToolDescription shell = registry.descriptions().getFirst();

        assertThat(TitanJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(shell.parameters()))
                .isEqualToIgnoringWhitespace("""
                        {
                          "type" : "object",
                          "properties" : {
                            "command" : {"type": "string", "description": "The bash command line, run with bash -c."},
                            "workdir" : {"type": "string", "description": "Directory to run in, relative to /work. Default: /work."},
                            "timeout_s" : {"type": "integer", "description": "Seconds after which the command and all its processes are killed, 1-3600. Default: 30; in the background a day."},
                            "env" : {"type": "object", "additionalProperties": {"type": "string"}, "description": "Environment variables to add."},
                            "background" : {"type": "boolean", "description": "true: start it, do not wait for its end. Default: false."},
                            "terminal" : {"type": "boolean", "description": "true, with background: give it a terminal, for programs that want one. Default: false."}
                          },
                          "required" : ["command"],
                          "additionalProperties" : false
                        }
                        """);
    }

    @Test
    void readsArgumentsThatFit() {
        assertThat(ArgumentReader.read(
                        ShellArguments.class, Map.of("command", "ls", "timeout_s", 5, "env", Map.of("A", "1"))))
                .isEqualTo(new ReadArguments.Fitting<>(new ShellArguments("ls", null, 5, Map.of("A", "1"))));
    }

    @Test
    void namesEveryFieldThatDoesNotFit() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("timeout_s", "soon");
        arguments.put("workdir", 7);
        arguments.put("cwd", "/work");
        arguments.put("env", Map.of("PORT", 3000));

        assertThat(ArgumentReader.read(ShellArguments.class, arguments)).isEqualTo(new ReadArguments.Unfitting<>("""
                                command: is required
                                workdir: expected text, got 7
                                timeout_s: expected a whole number, got "soon"
                                env: expected an object whose values are text, got {"PORT":3000}
                                cwd: is not an argument of this tool; it has command, workdir, timeout_s, env, background, terminal"""));
    }

    @Test
    void passesOnWhatTheRecordItselfRefuses() {
        assertThat(ArgumentReader.read(ShellArguments.class, Map.of("command", "ls", "timeout_s", 0)))
                .isEqualTo(new ReadArguments.Unfitting<>("timeout_s: must be 1-3600, not 0"));
        assertThat(ArgumentReader.read(FileReadArguments.class, Map.of("path", "a", "offset", 1.5)))
                .isEqualTo(new ReadArguments.Unfitting<>("offset: expected a whole number, got 1.5"));
    }

    @Test
    void hashesEqualArgumentsEqually() {
        Map<String, Object> oneOrder = new LinkedHashMap<>();
        oneOrder.put("command", "ls");
        oneOrder.put("timeout_s", 5);
        Map<String, Object> otherOrder = new LinkedHashMap<>();
        otherOrder.put("timeout_s", 5);
        otherOrder.put("command", "ls");

        assertThat(CallHash.ofCall("shell", oneOrder)).isEqualTo(CallHash.ofCall("shell", otherOrder));
        assertThat(CallHash.ofCall("shell", oneOrder)).isNotEqualTo(CallHash.ofCall("bash", oneOrder));
    }

    @Test
    void outlinesAKnownToolByItsTraitsAndAnUnknownOneByTheReservedName() {
        CallOutline known = registry.outline(2, new ToolCall("shell", Map.of("command", "ls")));
        CallOutline unknown = registry.outline(0, new ToolCall("Shell!", Map.of()));

        assertThat(known)
                .isEqualTo(new CallOutline(
                        "shell", 2, known.argumentsHash(), EffectClass.SANDBOX, ToolPlace.SANDBOX, false, false));
        assertThat(unknown.tool()).isEqualTo(CallOutline.UNKNOWN_TOOL);
    }

    @Test
    void knowsOnlyTheToolsATaskMayUse() {
        ToolRegistry restricted = registry.restrictedTo(List.of("file_read", "no_such_tool"));

        assertThat(restricted.names()).containsExactly("file_read");
        assertThat(restricted.outline(0, new ToolCall("shell", Map.of())).tool())
                .isEqualTo(CallOutline.UNKNOWN_TOOL);
    }

    @Test
    void refusesTwoToolsOfOneName() {
        assertThatThrownBy(() -> new ToolRegistry(List.of(new FileReadTool(), new FileReadTool())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file_read");
    }
}
