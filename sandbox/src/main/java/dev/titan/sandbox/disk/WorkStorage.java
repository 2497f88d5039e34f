package dev.titan.sandbox.disk;

/** Where the workspaces of sandboxes are kept. Their size and their number of files are limited in either. */
public enum WorkStorage {
    /** On disk where the host lets Titan, else in memory. */
    AUTO,
    /** In a file system of their own on the host's disk, or not at all: needs root, loop devices and e2fsprogs. */
    DISK,
    /** In memory, which they share with the sandbox's commands. */
    MEMORY
}
