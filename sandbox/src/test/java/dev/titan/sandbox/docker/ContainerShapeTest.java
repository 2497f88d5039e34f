package dev.titan.sandbox.docker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import dev.titan.sandbox.SandboxLimits;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerShapeTest {

    private final HostConfig shape =
            ContainerShape.of(SandboxLimits.STANDARD, Path.of("/daemon"), Path.of("/sockets"), Path.of("/egress"), 1);

    @Test
    void takesAwayEveryPrivilege() {
        assertThat(shape.getNetworkMode()).isEqualTo("none");
        assertThat(shape.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(shape.getCapAdd()).isNull();
        assertThat(shape.getSecurityOpts())
                .contains("no-new-privileges:true")
                .anySatisfy(option ->
                        assertThat(option).startsWith("seccomp={").contains("\"defaultAction\": \"SCMP_ACT_ERRNO\""));
        assertThat(shape.getReadonlyRootfs()).isTrue();
        assertThat(shape.getPrivileged()).isNull();
    }

    @Test
    void boundsEveryResource() {
        assertThat(shape.getMemory()).isEqualTo(shape.getMemorySwap()).isEqualTo(SandboxLimits.STANDARD.memoryBytes());
        assertThat(shape.getNanoCPUs()).as("no more than the host has").isEqualTo(1_000_000_000L);
        assertThat(shape.getPidsLimit()).isEqualTo(SandboxLimits.STANDARD.processesMax());
        assertThat(shape.getTmpFs())
                .hasEntrySatisfying(
                        "/work",
                        options -> assertThat(options)
                                .contains(
                                        "size=" + SandboxLimits.STANDARD.workBytes(), "nr_inodes=", "nosuid", "nodev"));
    }

    @Test
    void mountsOnlyTheDaemonsSocketWritable() {
        assertThat(shape.getMounts())
                .extracting(Mount::getSource, Mount::getTarget, Mount::getReadOnly)
                .containsExactly(
                        tuple("/daemon", "/opt/titan", true),
                        tuple("/sockets", "/run/titan", null),
                        tuple("/egress", "/run/egress", true));
    }

    @Test
    void mountsADiskAsAnAnonymousVolume() {
        HostConfig onDisk = ContainerShape.onDisk(
                ContainerShape.of(
                        SandboxLimits.STANDARD, Path.of("/daemon"), Path.of("/sockets"), Path.of("/egress"), 1),
                "/proc/1/fd/4",
                Map.of("whose", "ours"));

        assertThat(onDisk.getTmpFs()).containsOnlyKeys("/tmp");
        assertThat(onDisk.getMounts()).hasSize(4).last().satisfies(mount -> {
            assertThat(mount.getSource()).isNull();
            assertThat(mount.getTarget()).isEqualTo("/work");
            assertThat(requireNonNull(mount.getVolumeOptions()).getLabels()).containsEntry("whose", "ours");
            assertThat(requireNonNull(mount.getVolumeOptions())
                            .getDriverConfig()
                            .getOptions())
                    .containsEntry("device", "/proc/1/fd/4")
                    .containsEntry("o", "nosuid,nodev");
        });
    }
}
