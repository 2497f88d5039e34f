package dev.titan.sandboxd.selftest;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /dev} has the devices every sandbox needs and no disk, no hypervisor, no memory. */
final class StandardDevices implements Probe {

    private static final Set<String> STANDARD = Set.of(
            "null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "pts", "shm", "mqueue", "fd", "core",
            "stdin", "stdout", "stderr");

    @Override
    public String name() {
        return "standard_devices";
    }

    @Override
    public String checks() {
        return "/dev has no devices but the standard ones";
    }

    @Override
    public Verdict run() {
        String[] names = new File("/dev").list();
        if (names == null) {
            return Verdict.fails("/dev cannot be listed");
        }
        List<String> others = Stream.of(names)
                .filter(name -> !STANDARD.contains(name))
                .sorted()
                .toList();
        return Verdict.none(others, String.join(", ", Stream.of(names).sorted().toList()));
    }
}
