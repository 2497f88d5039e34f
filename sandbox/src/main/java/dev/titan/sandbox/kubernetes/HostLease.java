package dev.titan.sandbox.kubernetes;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxLife;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease object of this host, which owns all its pods: whoever deletes it has the cluster's garbage collector delete
 * them. Every host renews its own and deletes those of its installation that are over, so what a dead host left behind
 * goes as long as one of them lives. Thread-safe.
 */
final class HostLease {

    private static final Logger LOG = LoggerFactory.getLogger(HostLease.class);

    /** As long as the lease of a sandbox: with neither renewed both are over at the same time. */
    static final Duration TERM = SandboxLife.STANDARD.lease();

    /** Many times within the term, and seldom enough that calls for every sandbox cost the API server nothing. */
    private static final Duration ROUND = Duration.ofSeconds(30);

    private static final int TRIES = 3;

    private final KubernetesApi api;
    private final KubernetesSettings settings;
    private final HostId host;
    private final InstantSource clock;
    private @Nullable Lease mine;

    HostLease(KubernetesApi api, KubernetesSettings settings, HostId host, InstantSource clock) {
        this.api = api;
        this.settings = settings;
        this.host = host;
        this.clock = clock;
    }

    /** Returns what owns the pods of this host, after {@link #keep}. */
    OwnerReference owner() {
        Lease lease = keep();
        return new OwnerReferenceBuilder()
                .withApiVersion(lease.getApiVersion())
                .withKind(lease.getKind())
                .withName(lease.getMetadata().getName())
                .withUid(lease.getMetadata().getUid())
                .withBlockOwnerDeletion(false)
                .withController(false)
                .build();
    }

    /** Renews this host's lease and ends those that are over; does nothing when it did so a moment ago. */
    synchronized Lease keep() {
        Lease last = mine;
        if (last != null && !clock.instant().isAfter(renewed(last).plus(ROUND))) {
            return last;
        }
        Lease kept = renewed();
        mine = kept;
        endOthers();
        return kept;
    }

    /** Two processes of a host may be at it at once, or a sweep: then the next try finds what they left. */
    private Lease renewed() {
        for (int i = 0; i < TRIES; i++) {
            try {
                Lease present = api.ask(client -> client.leases()
                        .inNamespace(settings.namespace())
                        .withName(name())
                        .get());
                return present == null ? create() : renew(present);
            } catch (KubernetesClientException e) {
                if (e.getCode() != KubernetesApi.CONFLICT && e.getCode() != KubernetesApi.NOT_FOUND) {
                    throw new SandboxException.Refused("the cluster refuses a lease: " + e.getMessage());
                }
                LOG.debug("The lease {} changed meanwhile", name(), e);
            }
        }
        throw new SandboxException.Unavailable("the lease %s changes all the time".formatted(name()));
    }

    private Lease create() {
        return api.ask(client ->
                client.resource(fresh()).inNamespace(settings.namespace()).create());
    }

    private Lease renew(Lease present) {
        Lease renewed = new LeaseBuilder(present)
                .editSpec()
                .withRenewTime(now())
                .endSpec()
                .build();
        return api.ask(client ->
                client.resource(renewed).inNamespace(settings.namespace()).update());
    }

    private void endOthers() {
        api
                .ask(client -> client.leases()
                        .inNamespace(settings.namespace())
                        .withLabels(PodLabels.ofInstallation(settings.installation()))
                        .list())
                .getItems()
                .stream()
                .filter(lease -> !name().equals(lease.getMetadata().getName()))
                .filter(this::isOver)
                .forEach(this::end);
    }

    private boolean isOver(Lease lease) {
        return clock.instant()
                .isAfter(renewed(lease).plusSeconds(lease.getSpec().getLeaseDurationSeconds()));
    }

    /** Not one that was renewed at this very moment: the version is part of the request. */
    private void end(Lease lease) {
        String name = lease.getMetadata().getName();
        LOG.warn("The lease {} was not renewed since {}; it goes with all its sandboxes", name, renewed(lease));
        try {
            api.ask(client -> client.resource(lease)
                    .inNamespace(settings.namespace())
                    .lockResourceVersion()
                    .delete());
        } catch (KubernetesClientException e) {
            LOG.info("The lease {} stays: {}", name, e.getMessage());
        }
    }

    private Lease fresh() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(settings.namespace())
                .withLabels(PodLabels.ofHost(settings.installation(), host))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(host.value())
                .withLeaseDurationSeconds((int) TERM.toSeconds())
                .withAcquireTime(now())
                .withRenewTime(now())
                .endSpec()
                .build();
    }

    private String name() {
        return "titan-%s-%s".formatted(settings.installation(), host);
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(ZoneOffset.UTC);
    }

    private static Instant renewed(Lease lease) {
        ZonedDateTime renewed = lease.getSpec().getRenewTime();
        return renewed == null ? Instant.EPOCH : renewed.toInstant();
    }
}
