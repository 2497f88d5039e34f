package dev.titan.benchmarks.loop;

import dev.titan.benchmarks.report.Bar;
import dev.titan.benchmarks.report.Findings;
import dev.titan.benchmarks.report.Samples;
import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.EndlessScript;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Steps as users get them: a process of Titan with every role, a model that answers at once over the real wire, and a
 * call in a locked sandbox. What a step takes is read off the task's own events.
 */
final class WholeStep {

    private static final String FIRST = "whole step, echo, first task";
    private static final String STEP = "whole step, echo";
    private static final String CALL = "tool call of it, echo";
    private static final String SHORT_CALL = "tool call, file_read";

    /** What a step may take in the setting that is the default, and a short call in the fast lane. */
    private static final Bar STEP_MOST = Bar.p50(40);

    private static final Bar CALL_MOST = Bar.p50(5);

    private static final EndlessScript COMMANDS =
            new EndlessScript("commands", "Count.", n -> new Call("shell", Map.of("command", "echo " + n)));

    /** Reads what it wrote, from line after line, for a call that is repeated to no avail would be pointed out to it. */
    private static final EndlessScript READS = new EndlessScript(
            "reads",
            "Read.",
            n -> n == 1
                    ? new Call("file_write", Map.of("path", "lines.txt", "content", "line\n".repeat(1_000)))
                    : new Call("file_read", Map.of("path", "lines.txt", "offset", n, "limit", 1)));

    private static final Duration TASK_MAX = Duration.ofMinutes(5);

    /** Rarely, for looking takes a millisecond or two from what is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final double NANOS_PER_MS = 1_000_000;

    private final LoopBenchOptions options;
    private final Findings findings;
    private final Map<String, String> stack;

    /** @param stack the settings by which a process finds PostgreSQL and Temporal */
    WholeStep(LoopBenchOptions options, Findings findings, Map<String, String> stack) {
        this.options = options;
        this.findings = findings;
        this.stack = stack;
    }

    void measure(String provider, Lanes lanes) throws InterruptedException {
        try (ScriptedModelServer model = ScriptedModelServer.start(List.of(COMMANDS, READS));
                TestHome home = TestHome.create();
                TitanProcess titan = TitanProcess.serve(
                        home.path(),
                        TestPorts.free(),
                        settings(model, provider, lanes),
                        List.of("--roles", "api,worker,sandbox"))) {
            titan.awaitReady();
            Pair pair = new Pair(titan.client(), model);
            String place = "%s, %s".formatted(provider, lanes.wire());
            boolean isDefault = lanes == Lanes.TWO;
            findings.time(FIRST, place, Samples.of(gaps(run(pair, COMMANDS))), null);
            run(pair, READS);
            for (int task = 1; task < options.warmUp(); task++) {
                run(pair, COMMANDS);
            }
            List<Double> steps = new ArrayList<>();
            List<Double> calls = new ArrayList<>();
            List<Double> reads = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                List<JsonNode> events = run(pair, COMMANDS);
                steps.addAll(gaps(events));
                calls.addAll(calls(events));
                reads.addAll(calls(run(pair, READS)));
            }
            findings.time(STEP, place, Samples.of(steps), isDefault ? STEP_MOST : null);
            findings.time(CALL, place, Samples.of(calls), null);
            findings.time(SHORT_CALL, place, Samples.of(reads), isDefault ? CALL_MOST : null);
        }
    }

    private Map<String, String> settings(ScriptedModelServer model, String provider, Lanes lanes) {
        Map<String, String> settings = new HashMap<>(stack);
        settings.put("LLM_MODEL", "openai/" + ScriptedModelServer.MODEL);
        settings.put("LLM_API_KEY", "bench");
        settings.put("LLM_BASE_URL", model.baseUrl().toString());
        settings.put("TITAN_API_DEVKEY", "true");
        settings.put("TITAN_SANDBOX", provider);
        settings.put("TITAN_LANES", lanes.wire());
        return settings;
    }

    /**
     * What works on a task.
     *
     * @param client of the process
     * @param model that the process asks
     */
    private record Pair(TitanClient client, ScriptedModelServer model) {}

    /** Runs a task to the end of its steps, which is where it fails. */
    private List<JsonNode> run(Pair pair, EndlessScript script) throws InterruptedException {
        // What the model remembers of earlier tasks would make its garbage collector a part of what is measured.
        pair.model().requests().clear();
        TitanClient client = pair.client();
        String task = client.submit(Map.of("goal", script.goal(), "budget", Map.of("max_steps", options.steps())));
        Instant giveUp = Instant.now().plus(TASK_MAX);
        while (!client.ended(task)) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException("task %s did not end within %s".formatted(task, TASK_MAX));
            }
            Thread.sleep(LOOK);
        }
        List<JsonNode> events = client.events(task);
        long completed = of(events, "tool_completed").count();
        if (completed != options.steps()) {
            throw new IllegalStateException("%d of %d steps were made: %s"
                    .formatted(completed, options.steps(), client.task(task).path("message")));
        }
        return events;
    }

    /** From the end of one call to the end of the next: a model call, a tool call, and what is between them. */
    private static List<Double> gaps(List<JsonNode> events) {
        List<JsonNode> completed = of(events, "tool_completed").toList();
        List<Double> gaps = new ArrayList<>();
        for (int step = LoopBenchOptions.FIRST_STEPS; step < completed.size(); step++) {
            gaps.add(millis(completed.get(step - 1), completed.get(step)));
        }
        return gaps;
    }

    /** From the claim of a call to its recorded result. */
    private static List<Double> calls(List<JsonNode> events) {
        List<JsonNode> called = of(events, "tool_called").toList();
        List<JsonNode> completed = of(events, "tool_completed").toList();
        List<Double> calls = new ArrayList<>();
        for (int step = LoopBenchOptions.FIRST_STEPS; step < completed.size(); step++) {
            calls.add(millis(called.get(step), completed.get(step)));
        }
        return calls;
    }

    private static Stream<JsonNode> of(List<JsonNode> events, String type) {
        return events.stream().filter(event -> event.path("type").asString().equals(type));
    }

    private static double millis(JsonNode from, JsonNode to) {
        return Duration.between(timestamp(from), timestamp(to)).toNanos() / NANOS_PER_MS;
    }

    private static Instant timestamp(JsonNode event) {
        return Instant.parse(event.path("timestamp").asString());
    }
}
