package dev.titan.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.kubernetes.KubernetesSettings.Medium;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes to the API server and what becomes of its answers. */
class SandboxPodsTest {

    private static final String NAMESPACE = "titan-sandboxes";
    private static final HostId HOST = new HostId("host-0123456789ab");
    private static final HostId OTHER = new HostId("host-ba9876543210");

    private final ClusterStandIn cluster = ClusterStandIn.withoutNode();
    private final KubernetesApi api = new KubernetesApi(() -> new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty())
                    .withMasterUrl(cluster.url())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build());
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final SandboxSpec spec = SandboxSpec.standard(new TaskId("task-" + UUID.randomUUID()));

    @AfterEach
    void stop() {
        api.close();
        cluster.close();
    }

    @Test
    void makesAPodThatItsHostsLeaseOwns() {
        assertThat(pods(HOST).require(spec)).isEqualTo(SandboxPods.Made.NOW);

        Lease lease = leases().getFirst();
        assertThat(pod().getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("Lease");
            assertThat(owner.getName()).isEqualTo(lease.getMetadata().getName());
            assertThat(owner.getUid()).isEqualTo(lease.getMetadata().getUid());
        });
        assertThat(pods(HOST).list()).containsExactly(spec.id());
        assertThat(pods(OTHER).list()).isEmpty();
    }

    @Test
    void adoptsThePodOfARepeatedCreate() {
        pods(HOST).require(spec);
        String uid = pod().getMetadata().getUid();

        assertThat(pods(HOST).require(spec)).isEqualTo(SandboxPods.Made.BEFORE);
        assertThat(pod().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void replacesAPodThatHasEnded() {
        pods(HOST).require(spec);
        String uid = pod().getMetadata().getUid();
        end("Failed");

        assertThat(pods(HOST).goneBecause(spec.id())).hasValue("its pod has ended: phase Failed");
        assertThat(pods(HOST).list()).containsExactly(spec.id());
        assertThat(pods(HOST).require(spec)).isEqualTo(SandboxPods.Made.NOW);
        assertThat(pod().getMetadata().getUid()).isNotEqualTo(uid);
    }

    @Test
    void takesTheNameFromAnotherHostOfThisInstallation() {
        pods(OTHER).require(spec);

        assertThat(pods(HOST).goneBecause(spec.id())).isPresent();
        assertThat(pods(HOST).require(spec)).isEqualTo(SandboxPods.Made.NOW);
        assertThat(pods(HOST).list()).containsExactly(spec.id());
        assertThat(pods(OTHER).list()).isEmpty();
    }

    @Test
    void leavesAPodOfThatNameAloneThatIsNotOurs() {
        cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(spec.id().value())
                        .endMetadata()
                        .build())
                .inNamespace(NAMESPACE)
                .create();

        assertThatThrownBy(() -> pods(HOST).require(spec)).isInstanceOf(SandboxException.Refused.class);
        pods(HOST).remove(spec.id());
        assertThat(pods(HOST).list()).isEmpty();
        assertThat(pod()).isNotNull();
    }

    @Test
    void notesARenewalOnThePod() {
        pods(HOST).require(spec);
        pods(HOST).noteRenewal(spec.id(), now.plusSeconds(60));

        assertThat(pod().getMetadata().getAnnotations())
                .containsEntry(PodLabels.RENEWED, "2026-11-29T12:01:00Z")
                .containsEntry(PodLabels.LEASE_MS, "3600000");
        assertThat(pods(HOST).termOf(spec.id()).lease()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void removesAPodAndWaitsUntilItIsGone() {
        pods(HOST).require(spec);
        pods(HOST).remove(spec.id());
        pods(HOST).remove(spec.id());

        assertThat(pods(HOST).list()).isEmpty();
        assertThat(pods(HOST).goneBecause(spec.id())).isPresent();
    }

    @Test
    void endsTheLeaseOfAHostThatNoLongerRenewsIt() {
        lease(OTHER).keep();
        lease(HOST).keep();
        assertThat(holders()).containsExactlyInAnyOrder(HOST.value(), OTHER.value());

        now = now.plus(HostLease.TERM).plusSeconds(1);
        lease(HOST).keep();

        assertThat(holders()).containsExactly(HOST.value());
        assertThat(leases().getFirst().getSpec().getRenewTime().toInstant()).isEqualTo(now);
    }

    @Test
    void keepsTwoProcessesOfAHostOnOneLease() {
        lease(HOST).keep();
        now = now.plusSeconds(40);
        lease(HOST).keep();

        assertThat(holders()).containsExactly(HOST.value());
    }

    @Test
    void keepsSandboxesOffTheNetworkAndPutsAChangedPolicyRight() {
        NoNetwork guard = new NoNetwork(api, NAMESPACE);
        guard.require();
        NetworkPolicy policy = policy();
        policy.getSpec().setPolicyTypes(List.of("Ingress"));
        cluster.client().resource(policy).inNamespace(NAMESPACE).update();

        guard.require();
        guard.require();

        assertThat(policy().getSpec()).isEqualTo(NoNetwork.policy(NAMESPACE).getSpec());
    }

    @Test
    void tellsTroubleOfTheServerFromARefusal() {
        cluster.troubledBy(request -> Optional.of(status(503, "etcd leader changed")));
        assertThatThrownBy(() -> pods(HOST).list()).isInstanceOf(SandboxException.Unavailable.class);

        cluster.troubledBy(request -> Optional.of(status(403, "pods is forbidden: User cannot list resource")));
        assertThatThrownBy(() -> pods(HOST).list())
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining("deploy/kubernetes");

        cluster.troubledBy(request -> Optional.of(status(403, "pods is forbidden: exceeded quota: mem, requested")));
        assertThatThrownBy(() -> pods(HOST).list()).isInstanceOf(SandboxException.Unavailable.class);

        cluster.close();
        assertThatThrownBy(() -> pods(HOST).list()).isInstanceOf(SandboxException.Unavailable.class);
    }

    @Test
    void refusesWhatTheClusterRefuses() {
        cluster.troubledBy(request ->
                request.getMethod().equals("POST") && request.getPath().endsWith("/pods")
                        ? Optional.of(status(422, "Pod is invalid: spec.runtimeClassName: not found"))
                        : Optional.empty());

        assertThatThrownBy(() -> pods(HOST).require(spec))
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining("runtimeClassName");
    }

    @Test
    void declaresWhatNoPodCanAskFor() {
        assertThat(unenforced(Medium.MEMORY, Set.of()))
                .containsExactlyInAnyOrder(
                        Unenforced.PROCESSES,
                        Unenforced.NETWORK,
                        Unenforced.WORK_FILES,
                        Unenforced.TMP_PROGRAMS,
                        Unenforced.WAY_OUT);
        assertThat(unenforced(Medium.MEMORY, Set.of(Unenforced.NETWORK, Unenforced.PROCESSES)))
                .containsExactlyInAnyOrder(Unenforced.WORK_FILES, Unenforced.TMP_PROGRAMS, Unenforced.WAY_OUT);
        assertThat(unenforced(Medium.DISK, Set.of())).contains(Unenforced.WORK_BYTES);
    }

    private static Set<SandboxProvider.Unenforced> unenforced(Medium workspace, Set<Unenforced> vouched) {
        try (SandboxProvider provider = new KubernetesSandboxes(settings(workspace, vouched), HOST)) {
            return provider.unenforced();
        }
    }

    private SandboxPods pods(HostId host) {
        return new SandboxPods(api, settings(Medium.MEMORY, Set.of()), host, lease(host));
    }

    private HostLease lease(HostId host) {
        return new HostLease(api, settings(Medium.MEMORY, Set.of()), host, () -> now);
    }

    private static KubernetesSettings settings(Medium workspace, Set<Unenforced> vouched) {
        return new KubernetesSettings(
                NAMESPACE,
                "titan",
                "titan/sandbox:1",
                "titan/sandboxd:1",
                Optional.empty(),
                Optional.empty(),
                workspace,
                vouched);
    }

    private Pod pod() {
        return Objects.requireNonNull(cluster.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withName(spec.id().value())
                .get());
    }

    private void end(String phase) {
        cluster.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withName(spec.id().value())
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build());
    }

    private NetworkPolicy policy() {
        return Objects.requireNonNull(cluster.client()
                .network()
                .networkPolicies()
                .inNamespace(NAMESPACE)
                .withName(NoNetwork.NAME)
                .get());
    }

    private List<Lease> leases() {
        return cluster.client().leases().inNamespace(NAMESPACE).list().getItems();
    }

    private List<String> holders() {
        return leases().stream()
                .map(lease -> lease.getSpec().getHolderIdentity())
                .toList();
    }

    private static MockResponse status(int code, String message) {
        return new MockResponse().setResponseCode(code).setBody("""
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d, "message": "%s"}""".formatted(code, message));
    }
}
