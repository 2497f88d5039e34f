package dev.titan.dev.temporal;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings for every Temporal server that Titan starts; {@code deploy/temporal/dynamicconfig.yaml} has the same for the
 * production one. The server accepts a mistyped key in silence: {@code DynamicConfigIT} tests what they do, not what they
 * are called.
 */
final class DynamicConfig {

    private static final Map<String, String> VALUES = Map.of(
            // Reads of the transfer queue a second. At the default of 20 every hand-off from workflow to activity waits
            // up to 50 ms, whatever the machine.
            "history.transferProcessorMaxPollRPS", "2000",
            // The reply that completes a workflow task may carry the activity it just scheduled, for the same worker.
            // Off by default up to server 1.31.
            "system.enableActivityEagerExecution", "true",
            // Within one task queue the fairness keys take turns, so that no organisation starves another.
            "matching.enableFairness", "true");

    private DynamicConfig() {}

    /** Returns keys with their JSON values, in a stable order. */
    static Map<String, String> values() {
        return new TreeMap<>(VALUES);
    }
}
