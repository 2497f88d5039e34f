package dev.titan.sandbox;

import java.util.Locale;

/** What separates a sandbox from the host, the weakest first. */
public enum Isolation {
    /** Namespaces around processes of the host, over the host's own programs. */
    PROCESS,
    /** A container with its own files; the kernel is the host's. */
    CONTAINER,
    /** A container whose system calls a kernel of its own answers. */
    KERNEL;

    /** Returns its name as providers and events tell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the isolation of that name. */
    public static Isolation of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
