package dev.titan.sandbox.kubernetes;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The pods of this host's sandboxes, named after them. */
final class SandboxPods {

    /**
     * What the kubelet waits before it kills. Not 0: with that the API server forgets the pod at once, while its
     * processes still run; so this way a pod that is gone has ended.
     */
    private static final long GRACE_SECONDS = 1;

    /** A kubelet takes a pod down in about 2 s; one that does not answer never says that it did. */
    private static final Duration REMOVAL_MAX = Duration.ofSeconds(60);

    private static final Duration REMOVAL_POLL = Duration.ofMillis(100);

    /** A name is taken by a pod that is there, or that is going: then the next try finds it free. */
    private static final int TRIES = 3;

    private final KubernetesApi api;
    private final KubernetesSettings settings;
    private final HostId host;
    private final HostLease lease;
    private final PodShape shape;

    SandboxPods(KubernetesApi api, KubernetesSettings settings, HostId host, HostLease lease) {
        this.api = api;
        this.settings = settings;
        this.host = host;
        this.lease = lease;
        this.shape = new PodShape(settings);
    }

    /** How a sandbox came to have a pod. */
    enum Made {
        /** This call made it. */
        NOW,
        /** It was there. */
        BEFORE
    }

    /**
     * Makes sure that the sandbox has a pod that runs or is about to. Two callers at once agree on one: its name is the
     * lock. A pod that another host of this installation has left under this name is of an older generation: it goes,
     * and with it whatever still runs in it.
     */
    Made require(SandboxSpec spec) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Pod pod = pod(spec);
                api.ask(client ->
                        client.resource(pod).inNamespace(settings.namespace()).create());
                return Made.NOW;
            } catch (KubernetesClientException e) {
                if (e.getCode() != KubernetesApi.CONFLICT) {
                    throw new SandboxException.Refused("the cluster refuses the pod: " + e.getMessage());
                }
                Optional<Pod> holder = find(spec.id());
                if (holder.isPresent() && !isOfInstallation(holder.get())) {
                    throw new SandboxException.Refused(
                            "a pod named %s exists that this Titan has not made".formatted(spec.id()));
                }
                if (holder.filter(this::isOurs).filter(SandboxPods::isAlive).isPresent()) {
                    return Made.BEFORE;
                }
                holder.ifPresent(pod -> remove(spec.id()));
            }
        }
        throw new SandboxException.Unavailable("the name of sandbox %s stays taken".formatted(spec.id()));
    }

    /** Returns the fate of a sandbox's pod; one that does not exist or is not this host's is gone. */
    PodFate fate(SandboxId id) {
        return find(id).filter(this::isOurs)
                .map(PodFate::of)
                .orElseGet(() -> new PodFate.Gone("this host has no pod of that name"));
    }

    /** Returns why a sandbox's pod is gone; empty while it runs or is about to. */
    Optional<String> goneBecause(SandboxId id) {
        return goneBecause(fate(id));
    }

    private static Optional<String> goneBecause(PodFate fate) {
        return switch (fate) {
            case PodFate.Gone(String reason) -> Optional.of(reason);
            case PodFate.Ended(String reason) -> Optional.of(reason);
            case PodFate.Running _, PodFate.Starting _, PodFate.Unpulled _, PodFate.Stuck _ -> Optional.empty();
        };
    }

    /**
     * How long a sandbox lives.
     *
     * @param lease time it may go without a renewal
     * @param expires when it ends at the latest
     */
    record Term(Duration lease, Instant expires) {}

    /** Returns how long a sandbox lives, as it is written on its pod. */
    Term termOf(SandboxId id) {
        Map<String, String> written = find(id).filter(this::isOurs)
                .map(pod -> pod.getMetadata().getAnnotations())
                .orElseThrow(() -> new SandboxException.Lost(id, "this host has no pod of that name"));
        String lease = written.get(PodLabels.LEASE_MS);
        String expires = written.get(PodLabels.EXPIRES);
        if (lease == null || expires == null) {
            throw new SandboxException.Lost(id, "the annotations of its pod are gone");
        }
        return new Term(Duration.ofMillis(Long.parseLong(lease)), Instant.parse(expires));
    }

    /** Notes a renewal where people look. */
    void noteRenewal(SandboxId id, Instant when) {
        String patch = "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(PodLabels.RENEWED, when);
        api.ask(client -> resource(client, id).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** Removes a sandbox's pod and returns when it has ended; harmless when there is none or it is not ours. */
    void remove(SandboxId id) {
        if (find(id).filter(this::isOfInstallation).isEmpty()) {
            return;
        }
        delete(id, GRACE_SECONDS);
        long giveUp = System.nanoTime() + REMOVAL_MAX.toNanos();
        while (find(id).isPresent()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new SandboxException.Unavailable("interrupted while removing sandbox " + id);
            }
            if (System.nanoTime() - giveUp >= 0) {
                // The node does not answer. The lease inside the sandbox ends what may still run there.
                delete(id, 0);
                return;
            }
            LockSupport.parkNanos(REMOVAL_POLL.toNanos());
        }
    }

    /** Returns the sandboxes of this host that have a pod in whatever phase. */
    List<SandboxId> list() {
        Map<String, String> labels = PodLabels.ofHost(settings.installation(), host);
        return api
                .ask(client -> client.pods()
                        .inNamespace(settings.namespace())
                        .withLabels(labels)
                        .list())
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getLabels().get(PodLabels.SANDBOX))
                .filter(Objects::nonNull)
                .map(SandboxId::new)
                .toList();
    }

    private Pod pod(SandboxSpec spec) {
        return shape.of(
                spec,
                new ObjectMetaBuilder()
                        .withName(spec.id().value())
                        .withNamespace(settings.namespace())
                        .withLabels(PodLabels.of(spec, settings.installation(), host))
                        .withAnnotations(PodLabels.annotations(spec, Instant.now()))
                        .withOwnerReferences(lease.owner())
                        .build());
    }

    private void delete(SandboxId id, long graceSeconds) {
        api.ask(client -> resource(client, id).withGracePeriod(graceSeconds).delete());
    }

    private Optional<Pod> find(SandboxId id) {
        return Optional.ofNullable(api.ask(client -> resource(client, id).get()));
    }

    private PodResource resource(KubernetesClient client, SandboxId id) {
        return client.pods().inNamespace(settings.namespace()).withName(id.value());
    }

    private boolean isOurs(Pod pod) {
        return isOfInstallation(pod)
                && host.value().equals(pod.getMetadata().getLabels().get(PodLabels.HOST));
    }

    private boolean isOfInstallation(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null
                && labels.entrySet()
                        .containsAll(PodLabels.ofInstallation(settings.installation())
                                .entrySet());
    }

    private static boolean isAlive(Pod pod) {
        return goneBecause(PodFate.of(pod)).isEmpty();
    }
}
