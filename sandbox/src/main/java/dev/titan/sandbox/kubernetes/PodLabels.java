package dev.titan.sandbox.kubernetes;

import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxSpec;
import java.time.Instant;
import java.util.Map;

/** The labels and annotations of our objects: by them they are found again, by this Titan and no other. */
final class PodLabels {

    static final String NAME = "app.kubernetes.io/name";
    static final String INSTALLATION = "titan.dev/installation";
    static final String HOST = "titan.dev/host";
    static final String SANDBOX = "titan.dev/sandbox";
    static final String TASK = "titan.dev/task";

    /** Value of {@link #NAME}: what network policies select. */
    static final String NAME_VALUE = "titan-sandbox";

    /** Annotation: how long the sandbox may go without a renewal, in milliseconds. */
    static final String LEASE_MS = "titan.dev/lease-ms";

    /** Annotation: when the sandbox was renewed last. */
    static final String RENEWED = "titan.dev/renewed";

    /** Annotation: when the sandbox ends at the latest. */
    static final String EXPIRES = "titan.dev/expires";

    private PodLabels() {}

    /** Returns the labels by which every object of an installation is found. */
    static Map<String, String> ofInstallation(String installation) {
        return Map.of(NAME, NAME_VALUE, INSTALLATION, installation);
    }

    /** Returns the labels by which everything of this host is found. */
    static Map<String, String> ofHost(String installation, HostId host) {
        return Map.of(NAME, NAME_VALUE, INSTALLATION, installation, HOST, host.value());
    }

    /** Returns the labels of one pod. */
    static Map<String, String> of(SandboxSpec spec, String installation, HostId host) {
        return Map.of(
                NAME,
                NAME_VALUE,
                INSTALLATION,
                installation,
                HOST,
                host.value(),
                SANDBOX,
                spec.id().value(),
                TASK,
                spec.task().value());
    }

    /** Returns the annotations of one pod that is made now. */
    static Map<String, String> annotations(SandboxSpec spec, Instant now) {
        return Map.of(
                LEASE_MS,
                Long.toString(spec.life().lease().toMillis()),
                RENEWED,
                now.toString(),
                EXPIRES,
                now.plus(spec.life().ttl()).toString());
    }
}
