package dev.titan.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxLife;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.kubernetes.KubernetesSettings.Medium;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PodShapeTest {

    private static final HostId HOST = new HostId("host-0123456789ab");

    private static final SandboxSpec SPEC = new SandboxSpec(
            new SandboxId("sbx-01a2061a-f3dd-7725-85c3-353203bdbea3"),
            new TaskId("task-01a2061a-f3dd-7725-85c3-353203bdbea3"),
            new SandboxLimits(2048L << 20, 1.5, 512, 4096, 896L << 20, 200_000, 128L << 20),
            new SandboxLife(Duration.ofHours(1), Duration.ofDays(7)));

    @Test
    void asksForEveryControl() throws IOException {
        assertThat(json(pod(settings(Optional.empty(), Optional.empty(), Medium.MEMORY))))
                .isEqualTo(golden());
    }

    @Test
    void takesTheRuntimeClassAndTheFilterThatAreSet() {
        Pod pod = pod(settings(Optional.of("gvisor"), Optional.of("profiles/titan.json"), Medium.MEMORY));

        assertThat(pod.getSpec().getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("Localhost");
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getLocalhostProfile())
                .isEqualTo("profiles/titan.json");
    }

    @Test
    void countsAWorkspaceOnTheNodesDisk() {
        Pod pod = pod(settings(Optional.empty(), Optional.empty(), Medium.DISK));
        List<Volume> volumes = pod.getSpec().getVolumes();

        assertThat(volumes)
                .filteredOn(volume -> volume.getName().equals("workspace"))
                .allSatisfy(volume -> {
                    assertThat(volume.getEmptyDir().getMedium()).isEmpty();
                    assertThat(volume.getEmptyDir().getSizeLimit().getAmount()).isEqualTo(Long.toString(896L << 20));
                });
        assertThat(pod.getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits()
                        .get("ephemeral-storage"))
                .hasToString(Long.toString((896L + 256 + 64) << 20));
    }

    private static KubernetesSettings settings(Optional<String> runtime, Optional<String> seccomp, Medium workspace) {
        return new KubernetesSettings(
                "titan-sandboxes",
                "titan",
                "titan/sandbox:1",
                "titan/sandboxd:1",
                runtime,
                seccomp,
                workspace,
                Set.of());
    }

    private static Pod pod(KubernetesSettings settings) {
        return new PodShape(settings)
                .of(
                        SPEC,
                        new ObjectMetaBuilder()
                                .withName(SPEC.id().value())
                                .withLabels(PodLabels.of(SPEC, "titan", HOST))
                                .withAnnotations(PodLabels.annotations(SPEC, Instant.parse("2026-11-29T12:00:00Z")))
                                .build());
    }

    private static JsonNode json(Pod pod) {
        return TitanJson.mapper().readTree(new KubernetesSerialization().asJson(pod));
    }

    private static JsonNode golden() throws IOException {
        try (InputStream resource = PodShapeTest.class.getResourceAsStream("pod.json")) {
            return TitanJson.mapper().readTree(resource);
        }
    }
}
