package dev.titan.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.directory.SandboxDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BubblewrapTest {

    private static final Path PROGRAM = Path.of("/usr/bin/bwrap");

    @Test
    void becomesTheSandboxesUserWhereTitanIsRoot() {
        assertThat(sandbox(new Bubblewrap(PROGRAM, HostUser.ROOT, true)))
                .contains("--unshare-net", "--unshare-pid", "--die-with-parent", "--new-session", "--clearenv")
                .containsSequence("--cap-drop", "ALL", "--seccomp", "4")
                .containsSequence("/usr/bin/setpriv", "--reuid", "10001", "--regid", "10001")
                .endsWith("--no-new-privs", "--", "the", "daemon")
                .doesNotContain("--unshare-user");
    }

    @Test
    void mapsTheSandboxesUserElsewhere() {
        assertThat(sandbox(new Bubblewrap(PROGRAM, HostUser.ORDINARY, true)))
                .containsSequence("--unshare-user", "--uid", "10001", "--gid", "10001", "--disable-userns")
                .doesNotContain("--cap-add", "/usr/bin/setpriv")
                .endsWith("--", "the", "daemon");
        assertThat(sandbox(new Bubblewrap(PROGRAM, HostUser.ORDINARY, false))).doesNotContain("--disable-userns");
    }

    @Test
    void mountsOnlyTheWorkspaceAndTheSocketForWriting() {
        List<String> argv = sandbox(new Bubblewrap(PROGRAM, HostUser.ROOT, true));

        assertThat(argv)
                .containsSequence("--bind", "/place/work", "/work")
                .containsSequence("--bind", "/place/tmp", "/tmp")
                .containsSequence("--bind", "/place/s", "/run/titan")
                .containsSequence("--ro-bind", "/daemon", "/opt/titan")
                .containsSequence("--remount-ro", "/");
        assertThat(argv.stream().filter("--bind"::equals)).hasSize(3);
    }

    @Test
    void keepsTheWorkspaceInMemoryWhereTitanIsNotRoot() {
        assertThat(sandbox(new Bubblewrap(PROGRAM, HostUser.ORDINARY, true)))
                .containsSequence(
                        "--perms", "0700", "--size", "" + SandboxLimits.STANDARD.workBytes(), "--tmpfs", "/work");
    }

    private static List<String> sandbox(Bubblewrap bubblewrap) {
        return bubblewrap.sandbox(
                new LocalDirectory(new SandboxDirectory(Path.of("/place"))),
                new ControlGroup("group"),
                Path.of("/daemon"),
                SandboxLimits.STANDARD,
                List.of("the", "daemon"));
    }
}
