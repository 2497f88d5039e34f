package dev.titan.tools.shell.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what speaks against one command line; the first objection is the one that is told. Used by one thread. */
final class Objections {

    private CommandVerdict.@Nullable Denied first;

    void add(String rule, String why) {
        if (first == null) {
            first = new CommandVerdict.Denied(rule, why);
        }
    }

    /** Returns whether there is an objection: nothing more need be looked at. */
    boolean any() {
        return first != null;
    }

    Optional<CommandVerdict.Denied> first() {
        return Optional.ofNullable(first);
    }
}
