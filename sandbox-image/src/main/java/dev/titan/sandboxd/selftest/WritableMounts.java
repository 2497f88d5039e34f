package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.util.List;

/** Nothing is mounted for writing but the workspace, scratch space and what the kernel makes up. */
final class WritableMounts implements Probe {

    /**
     * The three files below /etc are written by the engine and belong to root. What the kernel makes up below /proc, /dev
     * and /sys/fs/cgroup is the business of other probes.
     */
    private static final List<String> EXPECTED = List.of(
            "/work",
            "/tmp",
            "/dev",
            "/proc",
            "/sys/fs/cgroup",
            "/run/titan",
            "/etc/hosts",
            "/etc/hostname",
            "/etc/resolv.conf");

    @Override
    public String name() {
        return "system_read_only";
    }

    @Override
    public String checks() {
        return "only /work, /tmp and the daemon's socket directory are mounted for writing";
    }

    @Override
    public Verdict run() throws IOException {
        List<MountEntry> mounts = MountEntry.all();
        List<String> writable = mounts.stream()
                .filter(mount -> !mount.isReadOnly())
                .filter(mount -> EXPECTED.stream().noneMatch(mount::isBelow))
                .filter(mount -> !isHidden(mount, mounts))
                .map(MountEntry::point)
                .toList();
        return Verdict.none(writable, mounts.size() + " mounts");
    }

    /** A later mount at the same place covers an earlier one. */
    private static boolean isHidden(MountEntry mount, List<MountEntry> mounts) {
        return mounts.stream()
                .skip(mounts.indexOf(mount) + 1L)
                .anyMatch(later -> later.point().equals(mount.point()));
    }
}
