package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.util.regex.Pattern;

/** The mount table, which anybody inside can read, does not tell whose sandbox it is. */
final class OpaqueMounts implements Probe {

    private static final Pattern TELLING = Pattern.compile("(task|sbx|tenant|org)-[0-9a-f]{4}");

    @Override
    public String name() {
        return "opaque_mounts";
    }

    @Override
    public String checks() {
        return "the sources of mounts tell no task and no sandbox";
    }

    @Override
    public Verdict run() throws IOException {
        return Verdict.none(
                MountEntry.all().stream()
                        .filter(mount -> TELLING.matcher(mount.root()).find()
                                || TELLING.matcher(mount.source()).find())
                        .map(mount -> mount.point() + " from " + mount.root())
                        .toList(),
                "none does");
    }
}
