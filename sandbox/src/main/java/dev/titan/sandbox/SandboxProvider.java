package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes, finds and ends the sandboxes of this host. Sandboxes outlive the process that made them: closing a provider
 * closes its connections only. Every method may be repeated, from several threads and from several processes of the
 * host; all but {@link #probe()} throw {@link SandboxException}.
 */
public interface SandboxProvider extends AutoCloseable {

    /** Returns {@code docker}, {@code local} or {@code kubernetes}. */
    String name();

    /** Returns what separates a sandbox from the host: {@code container} or {@code process}. */
    String isolation();

    /** Returns the limits and guards a policy could ask for that this provider does not give on this host. */
    Set<Unenforced> unenforced();

    /** Returns what sandboxes are made with here, for people: versions, and what the host cannot give. Empty when not ready. */
    List<HostFact> facts();

    /** Finds out whether sandboxes can be made, by trying as much as is cheap. Never throws for a missing engine. */
    Readiness probe();

    /**
     * Makes ready what every create needs, such as the image, which may take a minute the first time.
     *
     * @param progress hears lines for people
     */
    void prepare(Consumer<String> progress);

    /**
     * Creates the sandbox, claiming one that waits in the pool where it can, or adopts it when it exists. Returns when its
     * daemon answers.
     *
     * @throws SandboxException.Refused when this host cannot make it; the message names the remedy
     */
    Workspace create(SandboxSpec spec);

    /**
     * Returns the workspace of a sandbox that exists. Cheap when this provider knows it already.
     *
     * @throws SandboxException.Lost when it is gone
     */
    Workspace connect(SandboxId id);

    /** Ends every process of the sandbox and removes all that is left of it; harmless when there is nothing. */
    void destroy(SandboxId id);

    /**
     * Returns every sandbox of this host of which anything is left: running, ended or half made. Those that wait in the
     * pool are not among them.
     */
    List<SandboxId> list();

    /**
     * Starts the sandbox's lease anew.
     *
     * @return when it ends itself if nobody renews again
     * @throws SandboxException.Lost when it is gone
     */
    Instant renew(SandboxId id);

    /** Returns the sandboxes of this host that are past their age: each should have ended itself by now. */
    default List<SandboxId> expired(Instant now) {
        return List.of();
    }

    /**
     * Puts right or removes what processes have left half done when they died: claims, places without a sandbox, what
     * belongs to no sandbox any more. Cheap when there is nothing, so that it can be done every few seconds.
     */
    default void recover() {}

    /** Returns the sandboxes this provider makes ahead; empty when it makes none. */
    default Optional<WarmSandboxes> pool() {
        return Optional.empty();
    }

    /** Closes the connections. The sandboxes live on. */
    @Override
    void close();

    /** A limit or guard that a policy could ask for. */
    enum Unenforced {
        /** {@link SandboxLimits#memoryBytes()}. */
        MEMORY,
        /** {@link SandboxLimits#cpus()}. */
        CPUS,
        /** {@link SandboxLimits#processesMax()} for the sandbox as a whole. */
        PROCESSES,
        /** {@link SandboxLimits#workBytes()}: only the free space of the host bounds the workspace. */
        WORK_BYTES,
        /** {@link SandboxLimits#workFilesMax()}. */
        WORK_FILES,
        /** That no program starts from {@code /tmp}. */
        TMP_PROGRAMS,
        /** A user of its own: the sandbox runs with the user id of Titan, in a user namespace. */
        OWN_USER,
        /** A filter of system calls. */
        SYSTEM_CALLS,
        /** No network: whether the sandbox is kept off it depends on something that cannot be asked. */
        NETWORK,
        /** A way out by the egress proxy, for tasks whose network policy opens one. */
        WAY_OUT
    }
}
