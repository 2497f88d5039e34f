package dev.titan.sandbox;

/**
 * The sandboxes that a provider has made ahead. {@link SandboxProvider#create} claims one of them when it has the shape that
 * is asked for; nobody gives one back. Every method may be called from several threads and processes of the host.
 */
public interface WarmSandboxes {

    /**
     * Makes one more of a shape and returns when it can be claimed. Nothing is left when it fails.
     *
     * @throws dev.titan.contracts.sandbox.SandboxException as {@link SandboxProvider#create} does
     */
    void add(PoolShape shape);

    /**
     * Looks after those that wait: ends what is dead, too old or was left half made, renews the leases of the others.
     *
     * @return how many of the shape can be claimed
     */
    int tend(PoolShape shape);

    /** Ends one of a shape that waits, the oldest. */
    void drop(PoolShape shape);

    /** Ends all of a shape that wait or are being made: nobody is going to look after them. */
    void drain(PoolShape shape);

    /** Returns what has been asked of this provider in this process. */
    Demand demand();
}
