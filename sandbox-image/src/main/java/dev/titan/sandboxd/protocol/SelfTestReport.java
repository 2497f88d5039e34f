package dev.titan.sandboxd.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the self-test found inside a sandbox.
 *
 * @param probes one entry for each probe, in the order they ran
 */
public record SelfTestReport(List<Probe> probes) {

    public SelfTestReport {
        probes = List.copyOf(probes);
    }

    /**
     * What one probe found.
     *
     * @param name stable, in snake case
     * @param checks what has to be so, a short sentence
     * @param outcome whether it is
     * @param detail what was seen, for people
     */
    public record Probe(String name, String checks, Outcome outcome, String detail) {}

    /** Whether what a probe checks is so. */
    public enum Outcome {
        /** It is. */
        @JsonProperty("holds")
        HOLDS,
        /** It is not. */
        @JsonProperty("fails")
        FAILS,
        /** There is nothing to check, because the host lacks what would have to be guarded. */
        @JsonProperty("not_applicable")
        NOT_APPLICABLE
    }
}
