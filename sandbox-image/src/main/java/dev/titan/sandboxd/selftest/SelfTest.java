package dev.titan.sandboxd.selftest;

import dev.titan.contracts.json.TitanJson;
import dev.titan.sandboxd.protocol.SelfTestReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program. Prints one {@link SelfTestReport} as JSON and exits with 0, whatever it found. */
public final class SelfTest {

    /** BSD sysexits: the command line is wrong. */
    private static final int EXIT_USAGE = 64;

    private SelfTest() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.size() == 2 && words.getFirst().equals(MemoryLimit.HOG)) {
            MemoryLimit.hog(Long.parseLong(words.getLast()));
            return;
        }
        try {
            SelfTestReport report = run(ProbeList.of(SelfTestOptions.parse(words), Path.of("/work")));
            System.out.println(TitanJson.mapper().writeValueAsString(report));
            System.out.flush();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(EXIT_USAGE);
        }
        // Not by returning: threads that a probe could not end must not keep the answer waiting.
        Runtime.getRuntime().halt(0);
    }

    private static SelfTestReport run(List<Probe> probes) {
        List<SelfTestReport.Probe> results = new ArrayList<>();
        for (Probe probe : probes) {
            Verdict verdict = verdict(probe);
            results.add(new SelfTestReport.Probe(probe.name(), probe.checks(), verdict.outcome(), verdict.detail()));
        }
        return new SelfTestReport(results);
    }

    private static Verdict verdict(Probe probe) {
        try {
            return probe.run();
        } catch (IOException | RuntimeException e) {
            return Verdict.fails("the probe itself did not work: " + e);
        }
    }
}
