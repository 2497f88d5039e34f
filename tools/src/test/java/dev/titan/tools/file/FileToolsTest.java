package dev.titan.tools.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.ToolContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileToolsTest {

    private final FilesInMemory files = new FilesInMemory();
    private final List<TaskEvent> audit = new ArrayList<>();

    @Test
    void readsAShortFileAsItIs() {
        files.with("a.txt", "one\ntwo\n".getBytes(UTF_8));

        assertThat(read("a.txt", null, null)).isEqualTo(new ToolResult.Succeeded("one\ntwo\n"));
        assertThat(audit).containsExactly(new TaskEvent.FileAccessed("read", "a.txt", true, 8));
    }

    @Test
    void readsAPartByLines() {
        files.with("a.txt", "1\n2\n3\n4\n5".getBytes(UTF_8));

        assertThat(read("a.txt", 2, 3)).isEqualTo(new ToolResult.Succeeded("[lines 2-4 of 5]\n2\n3\n4"));
        assertThat(read("a.txt", 5, 100)).isEqualTo(new ToolResult.Succeeded("[lines 5-5 of 5]\n5"));
        assertThat(read("a.txt", 6, null))
                .isEqualTo(new ToolResult.Failed(
                        FailureKind.INVALID_ARGUMENTS, "offset: a.txt has 5 lines, there is no line 6"));
    }

    @Test
    void cutsALongFileBetweenLinesAndSaysWhichAreMissing() {
        String text =
                IntStream.rangeClosed(1, 5_000).mapToObj("line %d"::formatted).collect(Collectors.joining("\n"));
        files.with("long.txt", text.getBytes(UTF_8));

        String shown = read("long.txt", null, null).text();

        assertThat(shown.length()).isLessThanOrEqualTo(10_000);
        assertThat(shown)
                .startsWith("line 1\n")
                .endsWith("\nline 5000")
                .containsPattern("\\[… lines (\\d+)-\\d+ of 5000 are cut here; read them with offset \\1 …]");
    }

    @Test
    void cutsALongLineByCharacters() {
        files.with("min.js", "x".repeat(50_000).getBytes(UTF_8));

        assertThat(read("min.js", null, null).text()).contains("bytes cut here").hasSizeLessThanOrEqualTo(10_000);
    }

    @Test
    void describesBinaryFilesAndEmptyOnes() {
        files.with("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2}).with("empty.txt", new byte[0]);

        assertThat(read("logo.png", null, null).text()).startsWith("logo.png is a binary file (PNG image, 7 bytes)");
        assertThat(read("empty.txt", null, null)).isEqualTo(new ToolResult.Succeeded("(the file is empty)"));
    }

    @Test
    void refusesWhatIsTooLargeMissingOrOutside() {
        files.with("big.bin", new byte[FileLimits.FILE_BYTES_MAX + 1]);

        assertThat(kind(read("big.bin", null, null))).isEqualTo(FailureKind.TOO_LARGE);
        assertThat(kind(read("none.txt", null, null))).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(kind(read("../etc/passwd", null, null))).isEqualTo(FailureKind.DENIED);
        assertThat(kind(write("big.txt", "x".repeat(FileLimits.FILE_BYTES_MAX + 1))))
                .isEqualTo(FailureKind.TOO_LARGE);
        assertThat(audit).allMatch(event -> event instanceof TaskEvent.FileAccessed access && !access.allowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", "deploy/id_rsa", ".npmrc", "app/.env.production"})
    void refusesFilesThatHoldSecretsForReadingAndWriting(String path) {
        files.with(path, "SECRET=1".getBytes(UTF_8));

        assertThat(kind(read(path, null, null))).isEqualTo(FailureKind.DENIED);
        assertThat(kind(write(path, "x"))).isEqualTo(FailureKind.DENIED);
        assertThat(audit)
                .containsExactly(
                        new TaskEvent.FileAccessed("read", path, false, 0),
                        new TaskEvent.FileAccessed("write", path, false, 0));
    }

    @Test
    void refusesAPrivateKeyUnderAnyName() {
        files.with("notes.txt", "-----BEGIN RSA PRIVATE KEY-----\nMII\n".getBytes(UTF_8));

        assertThat(kind(read("notes.txt", null, null))).isEqualTo(FailureKind.DENIED);
    }

    @Test
    void writesAndSaysWhetherTheFileIsNew() {
        assertThat(write("a.txt", "äb")).isEqualTo(new ToolResult.Succeeded("created a.txt, 3 bytes"));
        assertThat(write("a.txt", "c")).isEqualTo(new ToolResult.Succeeded("replaced a.txt, 1 bytes"));
    }

    @Test
    void listsOneEntryALineAndSaysWhenThereAreMore() {
        files.with("a.txt", new byte[1_234]);

        assertThat(new FileListTool().run(new FileListArguments(null, null), context()))
                .isEqualTo(new ToolResult.Succeeded("a.txt  1,234 bytes"));

        IntStream.range(0, 600).forEach(i -> files.with("f%03d".formatted(i), new byte[0]));
        assertThat(new FileListTool()
                        .run(new FileListArguments(null, null), context())
                        .text())
                .endsWith("[there are more entries; list a subdirectory]");
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThatThrownBy(() -> new FileReadArguments("a", 0, null)).hasMessageStartingWith("offset:");
        assertThatThrownBy(() -> new FileReadArguments("a", null, 0)).hasMessageStartingWith("limit:");
        assertThatThrownBy(() -> new FileListArguments("a", 11)).hasMessageStartingWith("depth:");
    }

    private ToolResult read(String path, @Nullable Integer offset, @Nullable Integer limit) {
        return new FileReadTool().run(new FileReadArguments(path, offset, limit), context());
    }

    private ToolResult write(String path, String content) {
        return new FileWriteTool().run(new FileWriteArguments(path, content), context());
    }

    private static @Nullable FailureKind kind(ToolResult result) {
        return result instanceof ToolResult.Failed failed ? failed.kind() : null;
    }

    private ToolContext context() {
        return new ToolContext() {
            @Override
            public EffectId effect() {
                return new EffectId(new TaskId("task-00000000-0000-7000-8000-000000000000"), new StepId("files"), 1, 0);
            }

            @Override
            public Workspace workspace() {
                return files;
            }

            @Override
            public Workspace.OutputListener viewers() {
                return Workspace.OutputListener.IGNORE;
            }

            @Override
            public void emit(String name, TaskEvent event) {
                audit.add(event);
            }
        };
    }
}
