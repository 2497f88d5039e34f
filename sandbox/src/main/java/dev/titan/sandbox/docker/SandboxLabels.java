package dev.titan.sandbox.docker;

import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Launch;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The labels of our containers: by them they are found again, by this Titan and no other. */
final class SandboxLabels {

    static final String APP = "dev.titan.app";
    static final String INSTANCE = "dev.titan.instance";
    static final String MADE_AS = "dev.titan.sandbox";
    static final String EXPIRES = "dev.titan.expires";
    static final String APP_VALUE = "titan";

    /** Far enough for anybody, and near enough to be added to. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private SandboxLabels() {}

    /** Returns the labels by which all containers of this host are found. */
    static Map<String, String> ofHost(HostId host) {
        return Map.of(APP, APP_VALUE, INSTANCE, host.value());
    }

    /** Returns the labels of one container. They never change, so whose it is says its name, which does. */
    static Map<String, String> of(Launch launch, HostId host, Instant now) {
        return Map.of(
                APP,
                APP_VALUE,
                INSTANCE,
                host.value(),
                MADE_AS,
                launch.id().value(),
                EXPIRES,
                now.plus(launch.life().ttl()).toString());
    }

    /** Returns when a container with these labels ends itself at the latest; never, when it does not say. */
    static Instant expiry(Map<String, String> labels) {
        try {
            return Instant.parse(labels.getOrDefault(EXPIRES, ""));
        } catch (DateTimeParseException unsaid) {
            return NEVER;
        }
    }
}
