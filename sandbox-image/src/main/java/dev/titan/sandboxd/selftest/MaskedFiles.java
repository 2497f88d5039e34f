package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of the kernel that tell about the whole machine show nothing. */
final class MaskedFiles implements Probe {

    private static final List<String> PATHS = List.of(
            "/proc/kcore",
            "/proc/keys",
            "/proc/timer_list",
            "/proc/sched_debug",
            "/proc/latency_stats",
            "/proc/kmsg",
            "/proc/acpi",
            "/proc/scsi",
            "/sys/firmware");

    @Override
    public String name() {
        return "masked_files";
    }

    @Override
    public String checks() {
        return "files about the whole machine are masked";
    }

    @Override
    public Verdict run() {
        return Verdict.none(
                PATHS.stream().filter(path -> showsSomething(Path.of(path))).toList(),
                "nothing to see in /proc/kcore, keys, timer_list and the like");
    }

    private static boolean showsSomething(Path path) {
        String[] entries = path.toFile().list();
        if (entries != null) {
            return entries.length > 0;
        }
        if (!Files.isReadable(path)) {
            return false;
        }
        if (path.endsWith("kmsg")) {
            return true; // reading it would wait
        }
        try (InputStream input = Files.newInputStream(path)) {
            return input.read() >= 0;
        } catch (IOException masked) {
            return false;
        }
    }
}
