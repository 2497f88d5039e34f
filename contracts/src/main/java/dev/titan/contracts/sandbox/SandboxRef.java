package dev.titan.contracts.sandbox;

/**
 * Where a task's sandbox is.
 *
 * @param id the sandbox
 * @param host the id of the host it runs on, which names the task queue of its calls
 * @param provider {@code docker} or {@code local}
 * @param generation counts up with every restore; calls of an older one are refused
 */
public record SandboxRef(SandboxId id, String host, String provider, int generation) {

    /** The queue on which sandboxes are created. */
    public static final String CREATE_QUEUE = "titan-sandbox";

    /** Returns the queue for calls into this sandbox. */
    public String taskQueue() {
        return queueOf(host);
    }

    /** Returns the queue for calls into the sandboxes of a host. */
    public static String queueOf(String host) {
        return CREATE_QUEUE + "@" + host;
    }
}
