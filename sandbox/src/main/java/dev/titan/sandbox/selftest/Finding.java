package dev.titan.sandbox.selftest;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a probe of the self-test means for a provider on this host.
 *
 * @param name the probe's name
 * @param checks what has to be so
 * @param state whether it is
 * @param detail what was seen; from inside the sandbox, so untrusted text
 * @param remedy what a person can do about it; empty when there is nothing to do
 */
public record Finding(String name, String checks, State state, String detail, String remedy) {

    /** Whether what a probe checks is so. */
    public enum State {
        /** It is. */
        @JsonProperty("holds")
        HOLDS,
        /** There is nothing to check on this host. */
        @JsonProperty("not_applicable")
        NOT_APPLICABLE,
        /** It is not, and the provider says so: it refuses policies that require it. */
        @JsonProperty("declared_absent")
        DECLARED_ABSENT,
        /** It is not, and nobody says so. */
        @JsonProperty("fails")
        FAILS
    }
}
