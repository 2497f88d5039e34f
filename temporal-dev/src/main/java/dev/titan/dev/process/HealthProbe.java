package dev.titan.dev.process;

/** One question to a child: does it do its work right now? Answers within two seconds and never throws. */
@FunctionalInterface
public interface HealthProbe {

    /** Returns whether the child answered as a working one does. */
    boolean healthy();
}
