package dev.titan.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/**
 * The policy that keeps every sandbox of the namespace off the network, both ways. Titan reaches the daemon through the
 * kubelet, which no network policy concerns. Whether the cluster's network plug-in enforces policies at all, the API
 * does not tell.
 */
final class NoNetwork {

    static final String NAME = "titan-sandbox-no-network";

    private final KubernetesApi api;
    private final String namespace;

    NoNetwork(KubernetesApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** Makes sure that the policy is there as it should be. */
    void require() {
        NetworkPolicy wanted = policy(namespace);
        NetworkPolicy present = api.ask(client -> client.network()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(NAME)
                .get());
        if (present == null) {
            create(wanted);
        } else if (!wanted.getSpec().equals(present.getSpec())) {
            api.ask(client -> client.resource(wanted).inNamespace(namespace).update());
        }
    }

    private void create(NetworkPolicy wanted) {
        try {
            api.ask(client -> client.resource(wanted).inNamespace(namespace).create());
        } catch (KubernetesClientException e) {
            // Another host was first.
            if (e.getCode() != KubernetesApi.CONFLICT) {
                throw e;
            }
        }
    }

    /** Returns the policy: both directions are named and no rule allows anything. */
    static NetworkPolicy policy(String namespace) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of(PodLabels.NAME, PodLabels.NAME_VALUE))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .endSpec()
                .build();
    }
}
