package dev.titan.sandbox.kubernetes;

import dev.titan.sandbox.SandboxProvider.Unenforced;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a deployment chooses about pods. How the API server is reached is not among it: the client finds that by its own
 * rules, the service account of the pod Titan runs in, else {@code KUBECONFIG}, else {@code ~/.kube/config}.
 *
 * @param namespace where the pods are; it should hold nothing else
 * @param installation tells the pods of this Titan from those of another in the same namespace; a label's value
 * @param image the image commands run in, based on glibc
 * @param daemonImage an image with the daemon's directory at {@code /opt/titan}, from which it is copied into each pod
 * @param runtimeClass a runtime class, such as one for gVisor or Kata; empty for the cluster's default
 * @param seccompProfile a filter of system calls below the kubelet's seccomp directory; empty for the runtime's own
 * @param workspace what holds the workspace
 * @param vouched limits that no pod can ask for and that the cluster's operator vouches for: a kubelet with
 *     {@code podPidsLimit}, a network plug-in that enforces network policies
 */
public record KubernetesSettings(
        String namespace,
        String installation,
        String image,
        String daemonImage,
        Optional<String> runtimeClass,
        Optional<String> seccompProfile,
        Medium workspace,
        Set<Unenforced> vouched) {

    /** What a pod's name, namespace and label values have in common. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What no field of a pod can state. */
    private static final Set<Unenforced> VOUCHABLE = Set.of(Unenforced.PROCESSES, Unenforced.NETWORK);

    public KubernetesSettings {
        requireName("namespace", namespace);
        requireName("installation", installation);
        if (image.isBlank() || daemonImage.isBlank()) {
            throw new IllegalArgumentException("pods need the names of two images: the sandbox's and the daemon's");
        }
        if (!VOUCHABLE.containsAll(vouched)) {
            throw new IllegalArgumentException(
                    "an operator can vouch for %s, not for %s".formatted(VOUCHABLE, vouched));
        }
        vouched = Set.copyOf(vouched);
    }

    private static void requireName(String what, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("not a %s for Kubernetes: '%s'".formatted(what, value));
        }
    }

    /** What holds a workspace. */
    public enum Medium {
        /** Memory of the pod: a full workspace is an error of the command that filled it. */
        MEMORY,
        /** The node's disk: when a workspace exceeds its size, the kubelet evicts the pod, and the sandbox is lost. */
        DISK
    }
}
