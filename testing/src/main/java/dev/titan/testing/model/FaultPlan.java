package dev.titan.testing.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Faults on demand: for the next requests, or by rules over the count of requests. Thread-safe. */
public final class FaultPlan {

    private final Deque<Next> next = new ArrayDeque<>();
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();

    /** The next request, whatever its role, meets the fault. */
    public FaultPlan next(Fault fault) {
        return add(new Next(null, fault));
    }

    /** The next request of the role meets the fault. */
    public FaultPlan next(AskedRole role, Fault fault) {
        return add(new Next(role, fault));
    }

    /** Every request meets the fault until {@link #clear()}. */
    public FaultPlan always(Fault fault) {
        return rule(new FaultRule(null, 1, 0, fault));
    }

    /** Adds a rule; requests are counted from the server's start or the last clearing of its log. */
    public FaultPlan rule(FaultRule rule) {
        rules.add(rule);
        return this;
    }

    /** From now on everything works. */
    public synchronized FaultPlan clear() {
        next.clear();
        rules.clear();
        return this;
    }

    synchronized Optional<Fault> strike(AskedRole role, RequestLog.Numbers numbers, List<FaultRule> ofScript) {
        for (Next candidate : next) {
            if (candidate.role() == null || candidate.role() == role) {
                next.remove(candidate);
                return Optional.of(candidate.fault());
            }
        }
        return Stream.concat(
                        rules.stream().filter(rule -> rule.strikes(role, numbers.ofRole(), numbers.ofAll())),
                        ofScript.stream()
                                .filter(rule -> rule.strikes(role, numbers.ofScriptAndRole(), numbers.ofScript())))
                .map(FaultRule::fault)
                .findFirst();
    }

    private synchronized FaultPlan add(Next entry) {
        next.addLast(entry);
        return this;
    }

    private record Next(@Nullable AskedRole role, Fault fault) {}
}
