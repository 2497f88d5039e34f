package dev.titan.benchmarks.report;

/** What a sample counts. */
public enum Unit {
    /** Time. */
    MILLISECONDS("ms"),
    /** Memory. */
    MEBIBYTES("MiB");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** Returns how it is written after a number. */
    public String symbol() {
        return symbol;
    }
}
