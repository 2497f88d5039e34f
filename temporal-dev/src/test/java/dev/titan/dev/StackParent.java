package dev.titan.dev;

import java.nio.file.Path;

/** A process that supervises a stack until it is killed: what the parent in {@code EmbeddedStackIT} is. */
public final class StackParent {

    private StackParent() {}

    /** Starts the stack of the home in the first argument and prints {@code ready} with the pids of both children. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedStack stack = EmbeddedStack.start(RealTemporal.options(Path.of(arguments[0])));
        System.out.println("ready " + stack.temporalProcess().orElseThrow().pid() + " "
                + stack.postgresProcess().orElseThrow().pid());
        Thread.currentThread().join();
    }
}
