package dev.titan.dev.home;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.EmbeddedStackException;
import java.util.Optional;

/** Another process supervises this home already: two would restart each other's children. */
public final class HomeInUseException extends EmbeddedStackException {

    private final transient Optional<HomeOwner> owner;

    HomeInUseException(TitanHome home, Optional<HomeOwner> owner) {
        super("Titan is already running in %s%s. Use that one, stop it, or set TITAN_HOME to another directory."
                .formatted(
                        home.path(),
                        owner.map(it -> " (process " + it.pid() + (it.api() == null ? "" : ", " + it.api()) + ")")
                                .orElse("")));
        this.owner = requireNonNull(owner, "owner is null");
    }

    /** Returns who it is, when it has said so yet. */
    public Optional<HomeOwner> owner() {
        return owner;
    }
}
