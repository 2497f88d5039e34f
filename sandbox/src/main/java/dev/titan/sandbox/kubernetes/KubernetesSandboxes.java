package dev.titan.sandbox.kubernetes;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.client.DaemonClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Sandboxes as pods of a Kubernetes cluster, one each. The daemon inside is reached through {@code exec}, so that no pod
 * needs a network. "This host" is the Titan process: which node a pod runs on is the cluster's business.
 *
 * <p>Tested against a stand-in of the API server and of the kubelet; no cluster was there to prove what only a cluster
 * can: that a network plug-in enforces the policy, evictions, quotas, garbage collection of what a lease owns, and the
 * behaviour of real kubelets and runtimes.
 */
public final class KubernetesSandboxes implements SandboxProvider {

    /** Volumes in memory are limited in size, and pod security levels are enforced, from this minor version on. */
    private static final int MINOR_VERSION_MIN = 25;

    /** Images may have to be pulled and a node may have to be found or started. */
    private static final Duration START_MAX = Duration.ofMinutes(5);

    private static final Duration START_POLL = Duration.ofMillis(100);

    /** What a pod waits for whose container runs. */
    private static final String DAEMON = "its daemon";

    private final KubernetesSettings settings;
    private final KubernetesApi api;
    private final HostLease lease;
    private final NoNetwork noNetwork;
    private final SandboxPods pods;
    private final ExecDialer dialer;
    private final ConcurrentHashMap<SandboxId, DaemonClient> clients = new ConcurrentHashMap<>();

    /**
     * Asks nobody: a cluster that cannot be reached is found out by {@link #probe()}.
     *
     * @param settings namespace, images and what else is chosen
     * @param host this host, whose pods are told from those of others by a label
     */
    public KubernetesSandboxes(KubernetesSettings settings, HostId host) {
        this(settings, host, new KubernetesApi());
    }

    KubernetesSandboxes(KubernetesSettings settings, HostId host, KubernetesApi api) {
        this.settings = settings;
        this.api = api;
        this.lease = new HostLease(api, settings, host, InstantSource.system());
        this.noNetwork = new NoNetwork(api, settings.namespace());
        this.pods = new SandboxPods(api, settings, host, lease);
        this.dialer = new ExecDialer(api, settings.namespace());
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public String isolation() {
        return "container";
    }

    /**
     * No field of a pod bounds processes or the number of files, none keeps programs in {@code /tmp} from starting, and no
     * answer of the API tells whether network policies are enforced. The proxy's socket is on this host, where no pod sees
     * it; for that nobody can vouch.
     */
    @Override
    public Set<Unenforced> unenforced() {
        Set<Unenforced> unenforced =
                EnumSet.of(Unenforced.PROCESSES, Unenforced.NETWORK, Unenforced.WORK_FILES, Unenforced.TMP_PROGRAMS);
        unenforced.removeAll(settings.vouched());
        unenforced.add(Unenforced.WAY_OUT);
        switch (settings.workspace()) {
            case MEMORY -> {}
            // It is bounded by the end of the sandbox, and only at the kubelet's next look.
            case DISK -> unenforced.add(Unenforced.WORK_BYTES);
        }
        return Set.copyOf(unenforced);
    }

    @Override
    public List<HostFact> facts() {
        try {
            return List.of(
                    HostFact.plain("Kubernetes", "1.%d".formatted(minorVersion())),
                    HostFact.plain("namespace", settings.namespace()),
                    settings.vouched().contains(Unenforced.NETWORK)
                            ? HostFact.plain("network policies", "enforced, says the operator")
                            : HostFact.lacking(
                                    "network policies",
                                    "unknown",
                                    "a network plug-in that ignores them leaves sandboxes on the network"));
        } catch (SandboxException | KubernetesClientException silent) {
            return List.of();
        }
    }

    @Override
    public Readiness probe() {
        try {
            int minor = minorVersion();
            if (minor < MINOR_VERSION_MIN) {
                return new Readiness.Missing(
                        "the cluster is Kubernetes 1.%d".formatted(minor),
                        "Kubernetes 1.%d or newer is needed".formatted(MINOR_VERSION_MIN));
            }
            pods.list();
            return new Readiness.Ready("Kubernetes 1.%d, namespace %s".formatted(minor, settings.namespace()));
        } catch (SandboxException | KubernetesClientException e) {
            return new Readiness.Missing(
                    "no cluster serves namespace %s: %s".formatted(settings.namespace(), e.getMessage()),
                    "run Titan in the cluster with the manifests of deploy/kubernetes, or set KUBECONFIG");
        }
    }

    /** Providers of clusters add to it, such as {@code 31+}. */
    private int minorVersion() {
        VersionInfo version = api.ask(client -> client.getKubernetesVersion());
        return Integer.parseInt(version.getMinor().replaceAll("\\D", ""));
    }

    @Override
    public void prepare(Consumer<String> progress) {
        noNetwork.require();
        lease.keep();
    }

    @Override
    public Workspace create(SandboxSpec spec) {
        spec.policy().demandOf(this);
        prepare(line -> {});
        SandboxPods.Made made = pods.require(spec);
        try {
            return awaitStart(spec.id());
        } catch (SandboxException.Refused | SandboxException.Unavailable e) {
            // A sandbox that did not come up is removed, so that a repeat starts afresh.
            if (made == SandboxPods.Made.NOW && !Thread.currentThread().isInterrupted()) {
                destroy(spec.id());
            }
            throw e;
        }
    }

    private DaemonClient awaitStart(SandboxId id) {
        DaemonClient client = client(id);
        long giveUp = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            String waitsFor = waitsFor(pods.fate(id));
            if (waitsFor.equals(DAEMON) && client.answers()) {
                return client;
            }
            if (System.nanoTime() - giveUp >= 0 || Thread.currentThread().isInterrupted()) {
                throw new SandboxException.Unavailable(
                        "sandbox %s did not start within %s; it waits for %s".formatted(id, START_MAX, waitsFor));
            }
            LockSupport.parkNanos(START_POLL.toNanos());
        }
    }

    /** Returns what a pod that is to start waits for; throws when it waits in vain. */
    private String waitsFor(PodFate fate) {
        return switch (fate) {
            case PodFate.Running() -> DAEMON;
            case PodFate.Starting(String what) -> what.isEmpty() ? "the cluster" : what;
            case PodFate.Unpulled(String reason) ->
                throw new SandboxException.Unavailable("an image cannot be pulled: " + reason);
            case PodFate.Stuck(String reason) ->
                throw new SandboxException.Refused("the pod does not start: " + reason);
            case PodFate.Gone(String reason) ->
                throw new SandboxException.Unavailable("the cluster took it back: " + reason);
            case PodFate.Ended(String reason) ->
                throw new SandboxException.Refused(
                        "the daemon does not start in image %s: %s. The image must be based on glibc, which Alpine is not, and made for the node's CPU"
                                .formatted(settings.image(), reason));
        };
    }

    @Override
    public Workspace connect(SandboxId id) {
        if (!clients.containsKey(id)) {
            Optional<String> gone = pods.goneBecause(id);
            if (gone.isPresent()) {
                throw new SandboxException.Lost(id, gone.get());
            }
        }
        return client(id);
    }

    @Override
    public void destroy(SandboxId id) {
        forget(id);
        pods.remove(id);
    }

    @Override
    public List<SandboxId> list() {
        return pods.list();
    }

    /** Renews what the daemon keeps, what people see on the pod, and the object that owns all pods of this host. */
    @Override
    public Instant renew(SandboxId id) {
        SandboxPods.Term term = pods.termOf(id);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        client(id).renew(term.lease());
        pods.noteRenewal(id, now);
        lease.keep();
        Instant end = now.plus(term.lease());
        return end.isBefore(term.expires()) ? end : term.expires();
    }

    @Override
    public void close() {
        clients.keySet().forEach(this::forget);
        dialer.close();
        api.close();
    }

    private DaemonClient client(SandboxId id) {
        return clients.computeIfAbsent(id, absent -> new DaemonClient(id, dialer.to(id), pods::goneBecause));
    }

    private void forget(SandboxId id) {
        DaemonClient client = clients.remove(id);
        if (client != null) {
            client.close();
        }
    }
}
