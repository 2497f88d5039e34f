package dev.titan.sandbox;

/** Whether a provider can make sandboxes on this host. */
public sealed interface Readiness {

    /**
     * It can.
     *
     * @param description the engine and its version, for people
     */
    record Ready(String description) implements Readiness {}

    /**
     * It cannot.
     *
     * @param reason what is missing, exactly
     * @param remedy what a person can do about it
     */
    record Missing(String reason, String remedy) implements Readiness {}
}
