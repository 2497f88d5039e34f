package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** No way out: the loopback interface is the only one. */
final class LoopbackOnly implements Probe {

    private static final int HEADER_LINES = 2;

    @Override
    public String name() {
        return "loopback_only";
    }

    @Override
    public String checks() {
        return "lo is the only network interface";
    }

    @Override
    public Verdict run() throws IOException {
        List<String> interfaces = Files.readAllLines(Path.of("/proc/net/dev")).stream()
                .skip(HEADER_LINES)
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .toList();
        return interfaces.equals(List.of("lo")) ? Verdict.holds("lo") : Verdict.fails(String.join(", ", interfaces));
    }
}
