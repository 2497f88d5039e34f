package dev.titan.sandbox;

/**
 * What a sandbox may use. A provider enforces each of them or names it in {@link SandboxProvider#unenforced()}.
 *
 * @param memoryBytes memory and swap together, the workspace included where it is in memory
 * @param cpus processors' worth of time; less on a host that has fewer
 * @param processesMax processes and threads at once, the daemon's own of about 30 included
 * @param openFilesMax open files of one process
 * @param workBytes size of the workspace
 * @param workFilesMax files in the workspace: empty ones would otherwise take memory or tables without an end
 * @param tmpBytes size of {@code /tmp}
 */
public record SandboxLimits(
        long memoryBytes,
        double cpus,
        int processesMax,
        int openFilesMax,
        long workBytes,
        int workFilesMax,
        long tmpBytes) {

    private static final long MEBIBYTE = 1L << 20;

    /** Enough for a large dependency tree. */
    private static final int WORK_FILES_STANDARD = 200_000;

    /** Room for a package manager or a compiler; a sandbox that only waits uses a fraction of it. */
    public static final SandboxLimits STANDARD =
            new SandboxLimits(2048 * MEBIBYTE, 2, 512, 4096, 896 * MEBIBYTE, WORK_FILES_STANDARD, 128 * MEBIBYTE);

    public SandboxLimits {
        if (cpus <= 0 || processesMax < 64 || openFilesMax < 256) {
            throw new IllegalArgumentException("too little to run anything: %s cpus, %d processes, %d open files"
                    .formatted(cpus, processesMax, openFilesMax));
        }
        if (workFilesMax < 100) {
            throw new IllegalArgumentException("a workspace for %d files holds nothing".formatted(workFilesMax));
        }
        if (workBytes < MEBIBYTE || tmpBytes < MEBIBYTE) {
            throw new IllegalArgumentException("workspace and /tmp need 1 MiB each at least");
        }
        // A memory file system that fills the memory limit bricks the sandbox for good: even `rm` is killed then.
        if (workBytes + tmpBytes > memoryBytes / 2) {
            throw new IllegalArgumentException(
                    "workspace and /tmp together may take half of the memory (%d bytes), not %d"
                            .formatted(memoryBytes / 2, workBytes + tmpBytes));
        }
    }

    /** Limits with as many files in the workspace as usual. */
    public SandboxLimits(
            long memoryBytes, double cpus, int processesMax, int openFilesMax, long workBytes, long tmpBytes) {
        this(memoryBytes, cpus, processesMax, openFilesMax, workBytes, WORK_FILES_STANDARD, tmpBytes);
    }
}
