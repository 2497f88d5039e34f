package dev.titan.benchmarks.report;

import dev.titan.contracts.json.TitanJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for programs: one JSON object in snake_case, statistics included, single samples not. */
public final class Json {

    private Json() {}

    /** Returns it as one line. */
    public static String of(Report report) {
        return TitanJson.mapper()
                .writeValueAsString(new Run(
                        report.at(),
                        report.took().toMillis(),
                        report.machine(),
                        report.lines().stream().map(Json::measured).toList(),
                        report.ratios().stream().map(Json::compared).toList(),
                        report.notes()));
    }

    private static Measured measured(Line line) {
        Samples samples = line.samples();
        return new Measured(
                line.name(),
                line.place(),
                line.unit().symbol(),
                samples.count(),
                samples.min(),
                samples.percentile(50),
                samples.percentile(95),
                samples.max(),
                line.bar()
                        .map(bar -> new Required(bar.percent(), bar.most(), bar.isMetBy(samples)))
                        .orElse(null));
    }

    private static Compared compared(Ratio ratio) {
        return new Compared(
                ratio.slower().name(),
                ratio.slower().place(),
                ratio.quicker().name(),
                ratio.quicker().place(),
                ratio.times(),
                ratio.bar().orElse(null),
                ratio.isMet());
    }

    private record Run(
            Instant at,
            long tookMs,
            Machine machine,
            List<Measured> lines,
            List<Compared> ratios,
            List<String> notes) {}

    private record Measured(
            String name,
            String where,
            String unit,
            int n,
            double min,
            double p50,
            double p95,
            double max,
            @Nullable Required bar) {}

    private record Required(int percentile, double most, boolean met) {}

    private record Compared(
            String slower,
            String slowerWhere,
            String quicker,
            String quickerWhere,
            double times,
            @Nullable Double most,
            boolean met) {}
}
