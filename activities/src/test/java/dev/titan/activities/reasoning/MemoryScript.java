package dev.titan.activities.reasoning;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Plays any goal: a plan of many steps, whose executor says the same long thing of each, or calls a tool again and again.
 *
 * @param steps of the plan
 * @param answers whether the executor answers at once; otherwise it never comes to an end
 * @param executorBytesMax longer requests of the executor are refused as too long
 */
record MemoryScript(int steps, boolean answers, AtomicInteger executorBytesMax) implements ModelScript {

    /** A step's answer without its number: longer than most, shorter than what a digest keeps of it. */
    static final int ANSWER_CHARS = 1_200;

    static final String SUMMARY = "Goal: as asked. Facts: the port is 8123. Open: the rest.";

    /** A plan whose steps are answered at once. */
    static MemoryScript ofSteps(int steps) {
        return new MemoryScript(steps, true, new AtomicInteger(Integer.MAX_VALUE));
    }

    /** One step that never comes to an end. */
    static MemoryScript ofTurns() {
        return new MemoryScript(1, false, new AtomicInteger(Integer.MAX_VALUE));
    }

    static String answer(String step) {
        return "What came of %s: ".formatted(step) + "a".repeat(ANSWER_CHARS);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean plays(String goal) {
        return true;
    }

    @Override
    public Object plan(ModelRequest request) {
        return Map.of(
                "reasoning",
                "One after the other.",
                "steps",
                IntStream.rangeClosed(1, steps)
                        .mapToObj(number -> Map.of(
                                "id",
                                "step-" + number,
                                "description",
                                "Do part %d.".formatted(number),
                                "depends_on",
                                number == 1 ? List.of() : List.of("step-" + (number - 1))))
                        .toList());
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        return answers
                ? new ScriptedReply.Words(answer(request.tag("step").orElseThrow()))
                : new ScriptedReply.Calls("", List.of(new ScriptedReply.Call("shell", Map.of("command", "ls"))));
    }

    @Override
    public String summary(ModelRequest request) {
        return SUMMARY;
    }

    @Override
    public int requestBytesMax(AskedRole role) {
        return role == AskedRole.EXECUTOR ? executorBytesMax.get() : Integer.MAX_VALUE;
    }
}
