package dev.titan.api.health;

/** Something this process needs to do its work. */
public interface Dependency {

    /** Returns its name, such as {@code database}. */
    String name();

    /** Asks it for a sign of life; answers within a second or two. */
    State state();

    /** Whether it is there. */
    sealed interface State {

        /** It answered. */
        record Up() implements State {}

        /**
         * It did not.
         *
         * @param detail what is known
         */
        record Down(String detail) implements State {}
    }
}
