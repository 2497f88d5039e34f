package dev.titan.sandbox.disk;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxShape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file system for one workspace, held by a process until somebody else has mounted it. The process has a mount namespace
 * of its own and ends with Titan; the loop device detaches itself after the last mount, and its file is deleted as soon as
 * it is mounted. So whoever is killed, nothing stays: neither mount nor device nor file.
 */
public final class WorkDisk implements AutoCloseable {

    /**
     * Defines {@code disk <file> <bytes> <files> <mount point>}. Without a journal, because nobody looks at it after a crash;
     * the root directory belongs to the sandbox's user.
     */
    public static final String FUNCTION = """
            disk() {
              truncate -s "$2" "$1" &&
              mkfs.ext4 -q -F -b 4096 -m 0 -N "$3" -O ^has_journal \
                -E root_owner=%1$d:%1$d,lazy_itable_init=1,nodiscard "$1" &&
              mount -t ext4 -o loop,nosuid,nodev "$1" "$4" && rm "$1" && rmdir "$4/lost+found" && chmod 0700 "$4"
            }
            """.formatted(SandboxShape.UID);

    /** Bytes of a group of blocks of 4 KiB, and by how many files mkfs rounds up the table of each. */
    private static final long GROUP_BYTES = 128L << 20;

    private static final int GROUP_ROUNDING = 16;

    /** Where the process keeps the device open, so that its name means this device and no later one. */
    private static final int DESCRIPTOR = 4;

    private static final String READY = "ready";

    private static final String HOLD = FUNCTION + """
            disk "$1" "$2" "$3" "$4" || exit 1
            exec %d< "$(sed -n "s| $4 ext4 .*||p" /proc/self/mounts)" || exit 1
            echo %s
            read -r _
            """.formatted(DESCRIPTOR, READY);

    private static final long TRIAL_BYTES = 4 << 20;
    private static final int TRIAL_FILES = 64;

    private final Process holder;

    private WorkDisk(Process holder) {
        this.holder = holder;
    }

    /**
     * Makes one.
     *
     * @param place the sandbox's place, where the file is for a moment
     * @throws SandboxException.Unavailable when the host does not let us
     */
    public static WorkDisk make(Path place, SandboxLimits limits) {
        return make(place, limits.workBytes(), limits.workFilesMax());
    }

    /** Returns for how many files to ask {@code disk} so that no more than those of the limits fit. */
    public static int filesToAskFor(SandboxLimits limits) {
        return filesToAskFor(limits.workBytes(), limits.workFilesMax());
    }

    private static int filesToAskFor(long bytes, int files) {
        long groups = 1 + (bytes - 1) / GROUP_BYTES;
        return (int) Math.max(files / 2, files - GROUP_ROUNDING * groups);
    }

    /** Finds out whether this host can, by making a small one in a directory. Returns why it cannot. */
    public static Optional<String> trial(Path directory) {
        try {
            Path place = Files.createTempDirectory(Files.createDirectories(directory), "disk");
            try (WorkDisk disk = make(place, TRIAL_BYTES, TRIAL_FILES)) {
                return Files.exists(Path.of(disk.device())) ? Optional.empty() : Optional.of("the device is not there");
            } catch (SandboxException.Unavailable cannot) {
                return Optional.of(String.valueOf(cannot.getMessage()));
            } finally {
                Files.deleteIfExists(place.resolve("disk.img"));
                Files.deleteIfExists(place.resolve("mount"));
                Files.deleteIfExists(place);
            }
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static WorkDisk make(Path place, long bytes, int files) {
        Process process = null;
        try {
            Path mount = Files.createDirectories(place.resolve("mount"));
            process = start(place.resolve("disk.img"), bytes, filesToAskFor(bytes, files), mount);
            awaitReady(process);
            return new WorkDisk(process);
        } catch (IOException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            throw new SandboxException.Unavailable("no disk for a workspace can be made: " + e.getMessage(), e);
        }
    }

    /** Returns a path that means the device for as long as this is open, and nothing afterwards. */
    public String device() {
        return "/proc/%d/fd/%d".formatted(holder.pid(), DESCRIPTOR);
    }

    /** Lets go of the device: it lives on where it is mounted, and else is gone. */
    @Override
    public void close() {
        holder.destroyForcibly();
    }

    private static Process start(Path file, long bytes, int files, Path mount) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "/bin/sh",
                        "-c",
                        HOLD,
                        "titan-disk",
                        file.toString(),
                        Long.toString(bytes),
                        Integer.toString(files),
                        mount.toString()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", SandboxShape.ENVIRONMENT.getOrDefault("PATH", "/usr/sbin:/usr/bin"));
        return builder.start();
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                return;
            }
            said.append(line).append(' ');
        }
        throw new IOException(said.isEmpty() ? "it ended" : said.toString().strip());
    }
}
