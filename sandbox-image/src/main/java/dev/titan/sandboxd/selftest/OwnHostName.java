package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host's name is out of sight.
 *
 * @param expected what the sandbox calls itself
 */
record OwnHostName(String expected) implements Probe {

    @Override
    public String name() {
        return "own_host_name";
    }

    @Override
    public String checks() {
        return "the host name is " + expected;
    }

    @Override
    public Verdict run() throws IOException {
        String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        return name.equals(expected) ? Verdict.holds(name) : Verdict.fails(name);
    }
}
