package dev.titan.sandbox.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.TitanHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDirectoriesTest {

    private static final SandboxSpec SPEC =
            SandboxSpec.standard(new TaskId("task-0192a3b4-0000-7000-8000-000000000000"));

    @TempDir
    private Path directory;

    @Test
    void areOursAloneButForTheSocketDirectory() throws IOException {
        SandboxDirectories directories = directories("docker", directory);
        SandboxDirectory place = directories.prepare(SPEC);

        assertThat(permissions(directory.resolve("run"))).isEqualTo("rwx------");
        assertThat(permissions(place.path())).isEqualTo("rwx------");
        assertThat(permissions(place.socketDirectory())).isEqualTo("rwxrwxrwx");
        directories.seal(SPEC.id());
        assertThat(permissions(place.socketDirectory())).isEqualTo("rwx--x--x");
    }

    @Test
    void doNotTellWhoseTheyAre() {
        assertThat(directories("docker", directory)
                        .of(SPEC.id())
                        .path()
                        .getFileName()
                        .toString())
                .matches("[0-9a-f]{16}");
    }

    @Test
    void knowWhatTheyWerePreparedFor() {
        SandboxDirectories directories = directories("docker", directory);
        directories.prepare(SPEC);

        assertThat(directories.find(SPEC.id())).get().satisfies(record -> {
            assertThat(record.task()).isEqualTo(SPEC.task());
            assertThat(record.expiresAt())
                    .isEqualTo(record.createdAt().plus(SPEC.life().ttl()));
        });
        assertThat(directories.list())
                .containsExactly(directories.find(SPEC.id()).orElseThrow());
    }

    @Test
    void keepTheirRecordWhenPreparedAgain() {
        SandboxDirectories directories = directories("docker", directory);
        directories.prepare(SPEC);
        SandboxRecord first = directories.find(SPEC.id()).orElseThrow();
        directories.prepare(SPEC);

        assertThat(directories.find(SPEC.id())).contains(first);
    }

    @Test
    void leaveAnotherProvidersPlacesAlone() {
        SandboxDirectories docker = directories("docker", directory);
        SandboxDirectories local = directories("local", directory);
        docker.prepare(SPEC);

        local.remove(SPEC.id());

        assertThat(local.list()).isEmpty();
        assertThat(docker.find(SPEC.id())).isPresent();
        assertThatThrownBy(() -> local.prepare(SPEC)).isInstanceOf(SandboxException.Refused.class);
    }

    @Test
    void areRemovedWithoutFollowingLinks() throws IOException {
        SandboxDirectories directories = directories("docker", directory);
        SandboxDirectory place = directories.prepare(SPEC);
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Files.createFile(precious.resolve("file"));
        Files.createSymbolicLink(place.socketDirectory().resolve("link"), precious);

        directories.remove(SPEC.id());
        directories.remove(SPEC.id());

        assertThat(place.path()).doesNotExist();
        assertThat(precious.resolve("file")).exists();
    }

    @Test
    void refuseAHomeThatIsTooDeepForASocket() {
        Path deep = directory.resolve("d".repeat(100));

        assertThatThrownBy(() -> directories("docker", deep).prepare(SPEC))
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining("TITAN_HOME");
        assertThat(deep.resolve("run")).doesNotExist();
    }

    private static SandboxDirectories directories(String provider, Path home) {
        return new SandboxDirectories(new TitanHome(home), new HostId("host-0123456789ab"), provider);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
