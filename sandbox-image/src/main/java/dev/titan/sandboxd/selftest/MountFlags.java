package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.util.List;

/** Where commands can write, neither set-uid programs nor device files count. */
final class MountFlags implements Probe {

    private static final List<String> POINTS = List.of("/work", "/tmp");

    @Override
    public String name() {
        return "nosuid_nodev";
    }

    @Override
    public String checks() {
        return "/work and /tmp are mounted nosuid and nodev";
    }

    @Override
    public Verdict run() throws IOException {
        List<MountEntry> mounts = MountEntry.all().stream()
                .filter(mount -> POINTS.contains(mount.point()))
                .toList();
        List<String> open = mounts.stream()
                .filter(mount -> !mount.options().containsAll(List.of("nosuid", "nodev")))
                .map(MountEntry::point)
                .toList();
        return mounts.stream().map(MountEntry::point).distinct().count() == POINTS.size()
                ? Verdict.none(open, "both")
                : Verdict.fails("not both are mounts of their own");
    }
}
