package dev.titan.testing.model;

import org.jspecify.annotations.Nullable;

/**
 * When a fault happens.
 *
 * @param role only requests of this role; absent: any
 * @param from the first request it strikes, counted from 1 among those of the role (of any role, when absent)
 * @param times how many requests in a row it strikes; 0 means from then on
 * @param fault what happens
 */
public record FaultRule(@Nullable AskedRole role, int from, int times, Fault fault) {

    public FaultRule {
        if (from < 1 || times < 0) {
            throw new IllegalArgumentException("from is from 1 and times from 0: %d, %d".formatted(from, times));
        }
    }

    boolean strikes(AskedRole asked, int numberOfRole, int numberOfAll) {
        if (role != null && role != asked) {
            return false;
        }
        int number = role == null ? numberOfAll : numberOfRole;
        return number >= from && (times == 0 || number < from + times);
    }
}
