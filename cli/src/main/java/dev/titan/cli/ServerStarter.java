package dev.titan.cli;

import java.net.URI;
import java.util.function.Consumer;

/** Starts a server when none answers; given by the jar that has one. */
@FunctionalInterface
public interface ServerStarter {

    /**
     * Starts a server and returns when it is ready; {@code say} takes lines about what takes so long. When the thread is
     * interrupted it stops what it has begun and throws.
     *
     * @throws RuntimeException when there can be no server; its message says why and what to do
     */
    Running start(Consumer<String> say);

    /** A server that lives as long as this command. */
    interface Running extends AutoCloseable {

        /** Returns its base address. */
        URI api();

        /** Stops it in good order. */
        @Override
        void close();
    }
}
