package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names of control groups on the host, which identify the container, are out of sight. */
final class OwnControlGroups implements Probe {

    @Override
    public String name() {
        return "own_control_groups";
    }

    @Override
    public String checks() {
        return "the sandbox sees itself at the root of the control groups";
    }

    @Override
    public Verdict run() throws IOException {
        List<String> paths = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3)[2])
                .filter(path -> !path.equals("/"))
                .distinct()
                .toList();
        return Verdict.none(paths, "/");
    }
}
