package dev.titan.sandboxd.selftest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** No setting of the kernel can be changed. */
final class KernelSettings implements Probe {

    private static final List<String> PATHS = List.of(
            "/proc/sys/kernel/core_pattern",
            "/proc/sys/kernel/modprobe",
            "/proc/sys/vm/drop_caches",
            "/proc/sysrq-trigger",
            "/sys/kernel/uevent_helper",
            "/sys/kernel/mm",
            "/sys/fs/cgroup",
            "/sys/fs/cgroup/memory",
            "/sys/fs/cgroup/cgroup.procs");

    @Override
    public String name() {
        return "kernel_settings_read_only";
    }

    @Override
    public String checks() {
        return "/proc/sys, /sys and the control groups cannot be written";
    }

    @Override
    public Verdict run() {
        return Verdict.none(
                PATHS.stream().filter(path -> Files.isWritable(Path.of(path))).toList(), "none can be written");
    }
}
