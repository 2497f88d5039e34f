package dev.titan.sandboxd.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.titan.contracts.sandbox.FileReply.Entry;
import dev.titan.contracts.sandbox.FileReply.Listing;
import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.contracts.sandbox.FileReply.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFilesTest {

    private static final byte[] CONTENT = {'a', 0, 'b'};

    @TempDir
    Path root = Path.of("");

    @Test
    void writesAndReadsBytesAsTheyAre() throws Exception {
        assertThat(files().write("a/b/c.bin", CONTENT)).isEqualTo(new Written("a/b/c.bin", 3, true));
        assertThat(files().write("./a//b/c.bin", new byte[0])).isEqualTo(new Written("a/b/c.bin", 0, false));
        assertThat(files().write(root + "/a/b/c.bin", CONTENT)).isEqualTo(new Written("a/b/c.bin", 3, false));

        assertThat(files().read("a/b/c.bin", 3)).isEqualTo(CONTENT);
    }

    @Test
    void keepsTheModeOfAFileItReplaces() throws Exception {
        Path script = Files.writeString(root.resolve("run.sh"), "old content that is longer");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));

        files().write("run.sh", CONTENT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x---");
        assertThat(script).hasBinaryContent(CONTENT);
    }

    @Test
    void refusesWhatIsLargerThanAskedFor() throws IOException {
        Files.write(root.resolve("large"), new byte[101]);

        assertRefused(Problem.TOO_LARGE, () -> files().read("large", 100));
    }

    @Test
    void refusesPathsNoFileCanHave() {
        assertRefused(Problem.INVALID_PATH, () -> files().read("", 100));
        assertRefused(Problem.INVALID_PATH, () -> files().read("a\0b", 100));
        assertRefused(Problem.INVALID_PATH, () -> files().read("x/".repeat(2_049), 100));
        assertRefused(Problem.INVALID_PATH, () -> files().write("n".repeat(256), CONTENT));
    }

    @Test
    void tellsAMissingFileFromAWrongKind() throws Exception {
        files().write("dir/file", CONTENT);
        new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor();

        assertRefused(Problem.NOT_FOUND, () -> files().read("missing", 100));
        assertRefused(Problem.WRONG_KIND, () -> files().read("dir", 100));
        assertRefused(Problem.WRONG_KIND, () -> files().read("dir/file/x", 100));
        assertRefused(Problem.WRONG_KIND, () -> files().write("dir", CONTENT));
        assertRefused(Problem.WRONG_KIND, () -> files().read("pipe", 100));
        assertRefused(Problem.WRONG_KIND, () -> files().write("pipe", CONTENT));
        assertRefused(Problem.WRONG_KIND, () -> listing().list("dir/file", 1, 10));
    }

    @Test
    void listsParentsBeforeChildrenAndNamesLinks() throws Exception {
        files().write("b/2.txt", CONTENT);
        files().write("b/1.txt", CONTENT);
        files().write("a.txt", CONTENT);
        Files.createSymbolicLink(root.resolve("c"), Path.of("a.txt"));

        Listing all = listing().list(".", 2, 100);

        assertThat(all.entries()).extracting(Entry::path).containsExactly("a.txt", "b", "b/1.txt", "b/2.txt", "c");
        assertThat(all.entries())
                .extracting(Entry::kind)
                .containsExactly("file", "directory", "file", "file", "symlink");
        assertThat(all.truncated()).isFalse();
        assertThat(listing().list("", 1, 100).entries()).extracting(Entry::path).containsExactly("a.txt", "b", "c");
        assertThat(listing().list("b", 1, 100).entries())
                .extracting(Entry::path)
                .containsExactly("b/1.txt", "b/2.txt");
        assertThat(listing().list(".", 2, 3)).satisfies(some -> {
            assertThat(some.entries()).hasSize(3);
            assertThat(some.truncated()).isTrue();
        });
    }

    private WorkspaceFiles files() throws IOException {
        return new WorkspaceFiles(new Workspace(root));
    }

    private WorkspaceListing listing() throws IOException {
        return new WorkspaceListing(new Workspace(root));
    }

    private static void assertRefused(Problem problem, ThrowingCallable operation) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(operation)
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(problem));
    }
}
