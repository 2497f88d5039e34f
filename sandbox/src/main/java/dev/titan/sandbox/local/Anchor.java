package dev.titan.sandbox.local;

import dev.titan.sandbox.disk.WorkDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The process that holds a sandbox: a shell that waits for bubblewrap, outside every session of Titan. It notes down who
 * it is before it starts anything, and bubblewrap and all below die with it; so there is no moment in which a crash of
 * Titan leaves processes that nobody can find.
 *
 * @param process who it is
 * @param bootId the kernel's id of the boot it belongs to
 */
record Anchor(ProcessIdentity process, String bootId) {

    /**
     * What the shell does: joins the control groups (arguments until {@code --}), says who it is, mounts the workspace, runs
     * the rest. The file is moved into place so that nobody reads half of it. What it mounts is seen by it and its children
     * alone, and gone with the last of them.
     */
    static final String SCRIPT = WorkDisk.FUNCTION + """
            while [ "$1" != -- ]; do echo $$ > "$1" || exit 90; shift; done; shift
            cat /proc/$$/stat /proc/sys/kernel/random/boot_id > "$TITAN_ANCHOR.draft" || exit 91
            mv "$TITAN_ANCHOR.draft" "$TITAN_ANCHOR" || exit 92
            case "$TITAN_STORAGE" in
              disk) disk disk.img "$TITAN_WORK_BYTES" "$TITAN_WORK_FILES" "$PWD/work" || exit 93 ;;
              memory) mount -t tmpfs -o "$TITAN_WORK_OPTIONS" tmpfs work || exit 93 ;;
            esac
            [ -z "$TITAN_STORAGE" ] || mount -t tmpfs -o "$TITAN_TMP_OPTIONS" tmpfs tmp || exit 94
            info=$TITAN_INFO filter=$TITAN_FILTER; unset TITAN_ANCHOR TITAN_INFO TITAN_FILTER
            "$@" 3> "$info" 4< "$filter"
            """;

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Reads what an anchor has noted; empty when there is none. */
    static Optional<Anchor> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() == 2
                    ? ProcessIdentity.parse(lines.getFirst()).map(process -> new Anchor(process, lines.getLast()))
                    : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Returns whether this very process still runs. */
    boolean isAlive() {
        try {
            return process.isAlive() && Files.readString(BOOT_ID).strip().equals(bootId);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BOOT_ID, e);
        }
    }

    /** Kills it, and by that everything in the sandbox. */
    void kill() {
        if (isAlive()) {
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
