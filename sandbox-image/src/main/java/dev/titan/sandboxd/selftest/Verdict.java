package dev.titan.sandboxd.selftest;

import dev.titan.sandboxd.protocol.SelfTestReport.Outcome;
import java.util.Collection;

/**
 * What a probe found.
 *
 * @param outcome whether what it checks is so
 * @param detail what it saw, for people
 */
record Verdict(Outcome outcome, String detail) {

    static Verdict holds(String detail) {
        return new Verdict(Outcome.HOLDS, detail);
    }

    static Verdict fails(String detail) {
        return new Verdict(Outcome.FAILS, detail);
    }

    static Verdict notApplicable(String reason) {
        return new Verdict(Outcome.NOT_APPLICABLE, reason);
    }

    /** Holds when nothing was found that should not be there. */
    static Verdict none(Collection<String> offenders, String detail) {
        return offenders.isEmpty() ? holds(detail) : fails(String.join(", ", offenders));
    }
}
