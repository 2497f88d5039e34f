package dev.titan.dev.home;

/**
 * The ports of the embedded default, all on 127.0.0.1; as a wish, 0 stands for any.
 *
 * @param temporal Temporal's gRPC frontend
 * @param temporalUi Temporal's UI
 * @param postgres PostgreSQL
 */
public record StackPorts(int temporal, int temporalUi, int postgres) {

    /** What the tools of both expect; PostgreSQL's own 5432 is left to the one the user may have. */
    public static final StackPorts PREFERRED = new StackPorts(7233, 8233, 54329);

    /** No wish: whatever is free. */
    public static final StackPorts ANY = new StackPorts(0, 0, 0);
}
