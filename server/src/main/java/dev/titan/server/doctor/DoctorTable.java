package dev.titan.server.doctor;

import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.selftest.Finding;
import dev.titan.server.doctor.Diagnosis.Examination;
import dev.titan.server.doctor.Diagnosis.Examined;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** A diagnosis for a person: what the host has, a table of the probes, and what to do about those that do not hold. */
final class DoctorTable {

    private static final int FACT_WIDTH = 18;
    private static final int PROBE_WIDTH = 30;
    private static final int STATE_WIDTH = 10;

    private final Diagnosis diagnosis;
    private final List<String> lines = new ArrayList<>();

    private DoctorTable(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    static List<String> of(Diagnosis diagnosis) {
        DoctorTable table = new DoctorTable(diagnosis);
        table.host();
        table.probes();
        table.remedies();
        table.verdict();
        return table.lines.stream().map(String::stripTrailing).toList();
    }

    private void host() {
        facts("this host", diagnosis.host());
        for (Examined provider : diagnosis.providers()) {
            String title = "%s (isolation: %s)".formatted(provider.name(), provider.isolation());
            switch (provider.examination()) {
                case Examination.Done _ -> facts(title, provider.facts());
                case Examination.Missing(String reason, String remedy) ->
                    lines.addAll(List.of(title, "  not there: " + reason, "  remedy: " + remedy, ""));
                case Examination.Failed(String reason) -> {
                    facts(title, provider.facts());
                    lines.addAll(List.of("  FAILS: " + printable(reason), ""));
                }
            }
        }
    }

    private void facts(String title, List<HostFact> facts) {
        lines.add(title);
        for (HostFact fact : facts) {
            String consequence = fact.consequence().map(text -> " – " + text).orElse("");
            lines.add("  %s%s%s".formatted(padded(fact.name(), FACT_WIDTH), printable(fact.value()), consequence));
        }
        lines.add("");
    }

    private void probes() {
        List<Examined> examined = examined();
        if (examined.isEmpty()) {
            return;
        }
        lines.add(padded("probe", PROBE_WIDTH)
                + examined.stream()
                        .map(provider -> padded(provider.name(), STATE_WIDTH))
                        .collect(Collectors.joining()));
        for (String probe : probeNames(examined)) {
            lines.add(padded(probe, PROBE_WIDTH)
                    + examined.stream()
                            .map(provider -> padded(state(provider, probe), STATE_WIDTH))
                            .collect(Collectors.joining()));
        }
        lines.add("");
    }

    private void remedies() {
        for (Examined provider : examined()) {
            for (Finding finding : findings(provider)) {
                if (finding.state() == Finding.State.DECLARED_ABSENT || finding.state() == Finding.State.FAILS) {
                    lines.add("%s: %s %s".formatted(provider.name(), finding.name(), word(finding.state())));
                    lines.add("  wanted: " + printable(finding.checks()));
                    lines.add("  seen:   " + printable(finding.detail()));
                    lines.add("  remedy: " + finding.remedy());
                }
            }
        }
    }

    private void verdict() {
        lines.add(
                diagnosis.isHealthy()
                        ? "Everything that is promised holds. What a provider declares absent, policies can refuse."
                        : "Not everything that is promised holds: see FAILS above.");
    }

    private List<Examined> examined() {
        return diagnosis.providers().stream()
                .filter(provider -> provider.examination() instanceof Examination.Done)
                .toList();
    }

    private static List<Finding> findings(Examined provider) {
        return provider.examination() instanceof Examination.Done(var _, List<Finding> findings) ? findings : List.of();
    }

    private static SequencedSet<String> probeNames(List<Examined> providers) {
        return providers.stream()
                .flatMap(provider -> findings(provider).stream())
                .map(Finding::name)
                .map(DoctorTable::printable)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String state(Examined provider, String probe) {
        return findings(provider).stream()
                .filter(finding -> finding.name().equals(probe))
                .map(finding -> word(finding.state()))
                .findFirst()
                .orElse("-");
    }

    private static String word(Finding.State state) {
        return switch (state) {
            case HOLDS -> "holds";
            case NOT_APPLICABLE -> "n/a";
            case DECLARED_ABSENT -> "absent";
            case FAILS -> "FAILS";
        };
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** What comes from inside a sandbox must not steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
