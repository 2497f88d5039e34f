package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's processes are out of sight: a kernel thread, which only the host's own table has, is not there. */
final class OwnProcesses implements Probe {

    @Override
    public String name() {
        return "own_processes";
    }

    @Override
    public String checks() {
        return "only the sandbox's own processes are visible";
    }

    @Override
    public Verdict run() throws IOException {
        Path second = Path.of("/proc/2/comm");
        boolean host = Files.exists(second) && Files.readString(second).strip().equals("kthreadd");
        return host ? Verdict.fails("the kernel's threads are visible") : Verdict.holds("no kernel thread in sight");
    }
}
