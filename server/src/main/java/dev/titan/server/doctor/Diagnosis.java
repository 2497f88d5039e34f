package dev.titan.server.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.selftest.Finding;
import java.util.List;

/**
 * What the doctor found.
 *
 * @param host the machine and its kernel
 * @param providers one entry for each way to make sandboxes, the preferred first
 */
public record Diagnosis(List<HostFact> host, List<Examined> providers) {

    public Diagnosis {
        host = List.copyOf(host);
        providers = List.copyOf(providers);
    }

    /** Returns whether there are sandboxes and everything they promise holds. */
    @JsonProperty("healthy")
    public boolean isHealthy() {
        return providers.stream().anyMatch(provider -> provider.examination() instanceof Examination.Done)
                && providers.stream().allMatch(Examined::isHealthy);
    }

    /**
     * One way to make sandboxes.
     *
     * @param name its name
     * @param isolation what separates its sandboxes from the host
     * @param facts what they are made with
     * @param examination what came out
     */
    public record Examined(String name, String isolation, List<HostFact> facts, Examination examination) {

        public Examined {
            facts = List.copyOf(facts);
        }

        /** Returns false when something fails; a provider that is not there is no illness. */
        boolean isHealthy() {
            return switch (examination) {
                case Examination.Done done ->
                    done.findings().stream().noneMatch(finding -> finding.state() == Finding.State.FAILS);
                case Examination.Missing _ -> true;
                case Examination.Failed _ -> false;
            };
        }
    }

    /** What came out of looking at a provider. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Examination.Done.class, name = "done"),
        @JsonSubTypes.Type(value = Examination.Missing.class, name = "missing"),
        @JsonSubTypes.Type(value = Examination.Failed.class, name = "failed")
    })
    public sealed interface Examination {

        /**
         * The self-test ran in a sandbox.
         *
         * @param unenforced what the provider itself says it does not give here
         * @param findings what the probes found
         */
        record Done(List<Unenforced> unenforced, List<Finding> findings) implements Examination {

            public Done {
                unenforced = List.copyOf(unenforced);
                findings = List.copyOf(findings);
            }
        }

        /**
         * The provider cannot be used on this host.
         *
         * @param reason what is missing
         * @param remedy what to do about it
         */
        record Missing(String reason, String remedy) implements Examination {}

        /**
         * The provider says it is ready, and there was no sandbox, or none in which the self-test ran.
         *
         * @param reason what went wrong
         */
        record Failed(String reason) implements Examination {}
    }
}
