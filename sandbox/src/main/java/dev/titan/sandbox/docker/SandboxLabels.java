package dev.titan.sandbox.docker;

import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxSpec;
import java.time.Instant;
import java.util.Map;

/** The labels of our containers: by them they are found again, by this Titan and no other. */
final class SandboxLabels {

    static final String APP = "dev.titan.app";
    static final String INSTANCE = "dev.titan.instance";
    static final String SANDBOX = "dev.titan.sandbox";
    static final String TASK = "dev.titan.task";
    static final String EXPIRES = "dev.titan.expires";
    static final String APP_VALUE = "titan";

    private SandboxLabels() {}

    /** Returns the labels by which all containers of this host are found. */
    static Map<String, String> ofHost(HostId host) {
        return Map.of(APP, APP_VALUE, INSTANCE, host.value());
    }

    /** Returns the labels of one container. */
    static Map<String, String> of(SandboxSpec spec, HostId host, Instant now) {
        return Map.of(
                APP,
                APP_VALUE,
                INSTANCE,
                host.value(),
                SANDBOX,
                spec.id().value(),
                TASK,
                spec.task().value(),
                EXPIRES,
                now.plus(spec.life().ttl()).toString());
    }
}
