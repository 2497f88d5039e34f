package dev.titan.sandboxd.protocol;

/**
 * What a daemon says of itself. Answering it starts no process and no thread.
 *
 * @param sandboxId the id it was started with
 * @param version the version of the daemon
 * @param uptimeMs milliseconds since it started
 * @param processes number of processes it has below it, background processes included
 */
public record Health(String sandboxId, String version, long uptimeMs, int processes) {}
