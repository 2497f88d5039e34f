package dev.titan.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.egress.Credentials;
import dev.titan.sandbox.egress.EgressProxies;
import dev.titan.sandbox.egress.EgressSandboxes;
import dev.titan.sandbox.egress.EgressTerms;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods have no way out, so a task that asked for one gets no pod. */
class PodWayOutTest {

    private static final String NAMESPACE = "titan-sandboxes";
    private static final HostId HOST = new HostId("host-0123456789ab");

    private final ClusterStandIn cluster = ClusterStandIn.withoutNode();
    private final SandboxSpec spec = SandboxSpec.standard(new TaskId("task-" + UUID.randomUUID()));

    @TempDir
    private Path home;

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void refusesATaskWhoseNetworkPolicyOpensSomething() {
        List<NetworkPolicy> open = List.of(
                new NetworkPolicy.ProxyOnly(NetworkPolicy.WEB_PORTS, EgressLimits.DEFAULT),
                new NetworkPolicy.Restricted(
                        List.of(HostPattern.parse("example.com")), NetworkPolicy.WEB_PORTS, EgressLimits.DEFAULT));
        for (NetworkPolicy policy : open) {
            try (SandboxProvider provider = provider(policy)) {
                assertThatThrownBy(() -> provider.create(spec))
                        .isInstanceOf(SandboxException.Refused.class)
                        .hasMessageContaining("the network policy of the task is " + policy.wire())
                        .hasMessageContaining("the provider kubernetes have no way out")
                        .hasMessageContaining("ask for the policy isolated")
                        .hasMessageContaining("Docker or bubblewrap");
            }
        }
        assertThat(pods()).isEmpty();
    }

    /** The control. No node starts the pod, so it is not waited for. */
    @Test
    void makesAPodForATaskThatIsIsolated() throws InterruptedException {
        try (SandboxProvider provider = provider(new NetworkPolicy.Isolated())) {
            Thread creating = Thread.ofPlatform()
                    .start(() -> assertThatThrownBy(() -> provider.create(spec))
                            .isInstanceOf(SandboxException.Unavailable.class));

            await().until(() -> pods().size() == 1);
            creating.interrupt();
            creating.join();
        }
    }

    private SandboxProvider provider(NetworkPolicy policy) {
        KubernetesApi api = new KubernetesApi(() -> new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(cluster.url())
                        .build())
                .build());
        KubernetesSettings settings = new KubernetesSettings(
                NAMESPACE,
                "titan",
                "titan/sandbox:1",
                "titan/sandboxd:1",
                Optional.empty(),
                Optional.empty(),
                KubernetesSettings.Medium.MEMORY,
                Set.of());
        KubernetesSandboxes pods = new KubernetesSandboxes(settings, HOST, api);
        return new EgressSandboxes(
                pods,
                new EgressProxies(
                        new SandboxDirectories(new TitanHome(home), HOST, pods.name()),
                        task -> Optional.of(new EgressTerms(policy, decisions -> {})),
                        Credentials.NONE));
    }

    private List<Pod> pods() {
        return cluster.client().pods().inNamespace(NAMESPACE).list().getItems();
    }
}
