package dev.titan.sandbox.seccomp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A policy on system calls in Docker's format, or what of it Titan's own policy uses: a list of what is allowed, some
 * answers other than the usual one, and conditions on arguments.
 *
 * @param defaultErrnoRet what a call that no rule names fails with
 * @param rules tried in any order; the conditions on the arguments of a call never overlap
 */
public record SeccompProfile(
        @JsonProperty("defaultErrnoRet") int defaultErrnoRet,
        @JsonProperty("syscalls") List<Rule> rules) {

    private static final String RESOURCE = "seccomp.json";

    public SeccompProfile {
        rules = List.copyOf(rules);
    }

    /**
     * Some calls and what becomes of them.
     *
     * @param names the calls; one that a processor does not have is passed over
     * @param action whether they are allowed
     * @param errnoRet what they fail with when they are not
     * @param args conditions that all have to hold
     */
    public record Rule(
            List<String> names,
            Action action,
            @JsonProperty("errnoRet") int errnoRet,
            List<Condition> args) {

        public Rule {
            names = List.copyOf(names);
            args = args == null ? List.of() : List.copyOf(args);
        }
    }

    /** What becomes of a call. */
    public enum Action {
        /** It is carried out. */
        @JsonProperty("SCMP_ACT_ALLOW")
        ALLOW,
        /** It fails. */
        @JsonProperty("SCMP_ACT_ERRNO")
        ERRNO
    }

    /**
     * A condition on an argument, all 64 bits of it.
     *
     * @param index which argument, from 0
     * @param value the value, or the bits to look at
     * @param valueTwo what the bits must be
     * @param op how they are compared
     */
    public record Condition(
            int index, long value, @JsonProperty("valueTwo") long valueTwo, Comparison op) {}

    /** How an argument is compared. */
    public enum Comparison {
        /** It equals {@link Condition#value}. */
        @JsonProperty("SCMP_CMP_EQ")
        EQUAL,
        /** Its bits {@link Condition#value} equal {@link Condition#valueTwo}. */
        @JsonProperty("SCMP_CMP_MASKED_EQ")
        MASKED_EQUAL
    }

    /** Returns the policy of every sandbox as the engine wants it: the text itself, not a path. */
    public static String json() {
        try (InputStream resource = SeccompProfile.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** Returns the policy of every sandbox. */
    public static SeccompProfile standard() {
        return TitanJson.mapper().readValue(json(), SeccompProfile.class);
    }
}
