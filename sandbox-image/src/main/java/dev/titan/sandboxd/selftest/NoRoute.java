package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** No route leads anywhere, in either version of the protocol. */
final class NoRoute implements Probe {

    private static final Path IPV4 = Path.of("/proc/net/route");
    private static final Path IPV6 = Path.of("/proc/net/ipv6_route");

    @Override
    public String name() {
        return "no_route";
    }

    @Override
    public String checks() {
        return "no route leads out";
    }

    @Override
    public Verdict run() throws IOException {
        List<String> lines =
                new ArrayList<>(Files.readAllLines(IPV4).stream().skip(1).toList());
        if (Files.exists(IPV6)) {
            lines.addAll(Files.readAllLines(IPV6));
        }
        List<String> elsewhere = lines.stream()
                .filter(line -> !line.matches("lo\\s.*|.*\\slo\\s*"))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .toList();
        return elsewhere.isEmpty() ? Verdict.holds("none") : Verdict.fails(elsewhere.size() + " routes");
    }
}
