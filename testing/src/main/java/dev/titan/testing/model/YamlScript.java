package dev.titan.testing.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.titan.testing.model.ScriptedReply.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A script written in YAML. Every text of a reply may hold {@code {{goal}}}, {@code {{goal.1}}} (a group of the goal's
 * pattern), {@code {{n}}} (results seen plus one), {@code {{last}}} (the newest result) and {@code {{last.1}}},
 * {@code {{any.1}}} (groups of the turn's conditions).
 *
 * @param name a name for messages
 * @param goal a regular expression to be found in the goal
 * @param latencyMs thinking time by role, in milliseconds; no entry: none
 * @param interpreter the interpreter's reply; absent: the default
 * @param planner replies by plan version, the first that fits is given
 * @param executor what is done in which step
 * @param reviewer replies, the first that fits is given
 * @param judge replies, the first that fits is given
 * @param faults troubles, counted over the requests this script answers
 */
public record YamlScript(
        String name,
        String goal,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<AskedRole, Integer> latencyMs,
        @Nullable Map<String, Object> interpreter,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<PlannerRule> planner,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<StepRule> executor,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<ReviewRule> reviewer,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<JudgeRule> judge,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<FaultRule> faults)
        implements ModelScript {

    /**
     * A planner's reply.
     *
     * @param version the plan version it is for; absent: any
     * @param reply the JSON object
     */
    public record PlannerRule(@Nullable Integer version, Map<String, Object> reply) {}

    /**
     * What the executor does in a step.
     *
     * @param step a regular expression for the whole step id; absent: any step
     * @param turns the turns, the first that fits is played
     */
    public record StepRule(@Nullable String step, List<Turn> turns) {}

    /**
     * One turn. Without a condition it is played when the conversation holds as many replies as there are turns before
     * it in the list; with one, whenever the condition holds.
     *
     * @param when the condition
     * @param say words beside the calls
     * @param calls tool calls; empty: the step is done
     * @param answer the last words, when there are no calls
     */
    public record Turn(
            @Nullable Condition when,
            @Nullable String say,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<ScriptedReply.Call> calls,
            @Nullable String answer) {

        boolean fits(ModelRequest request, int index) {
            return when == null ? request.replies() == index : when.holds(request);
        }
    }

    /**
     * What must be true of the tool results seen so far; every part given must hold.
     *
     * @param last found in the newest result
     * @param any found in some result
     * @param never found in no result
     * @param results how many results there are
     * @param said found in what the user was asked or has said
     */
    public record Condition(
            @Nullable String last,
            @Nullable String any,
            @Nullable String never,
            @Nullable Integer results,
            @Nullable String said) {

        boolean holds(ModelRequest request) {
            return (last == null || ScriptPatterns.found(last, request.lastResult()))
                    && (any == null || request.results().stream().anyMatch(result -> ScriptPatterns.found(any, result)))
                    && (never == null
                            || request.results().stream().noneMatch(result -> ScriptPatterns.found(never, result)))
                    && (results == null || results == request.results().size())
                    && (said == null || ScriptPatterns.found(said, request.question()));
        }
    }

    /**
     * A reviewer's reply.
     *
     * @param step a regular expression for the whole step id; absent: any
     * @param number which review of the step; absent: any
     * @param shows a regular expression to be found in the evidence; absent: anything
     * @param reply the JSON object, laid over the default one
     */
    public record ReviewRule(
            @Nullable String step,
            @Nullable Integer number,
            @Nullable String shows,
            Map<String, Object> reply) {

        boolean fits(ModelRequest request) {
            return (step == null || request.tag("step").orElse("").matches(step))
                    && (number == null || number == request.number("review"))
                    && (shows == null || ScriptPatterns.found(shows, request.question()));
        }
    }

    /**
     * A judge's reply.
     *
     * @param number which verdict; absent: any
     * @param shows a regular expression to be found in the evidence; absent: anything
     * @param reply the JSON object, laid over the default one
     */
    public record JudgeRule(
            @Nullable Integer number, @Nullable String shows, Map<String, Object> reply) {

        boolean fits(ModelRequest request) {
            return (number == null || number == request.number("verdict"))
                    && (shows == null || ScriptPatterns.found(shows, request.question()));
        }
    }

    @Override
    public boolean plays(String other) {
        return ScriptPatterns.found(goal, other);
    }

    @Override
    public Object interpretation(ModelRequest request) {
        return interpreter == null
                ? DefaultReplies.interpretation(request)
                : Template.of(this, request, null).fill(interpreter);
    }

    @Override
    public Object plan(ModelRequest request) {
        return planner.stream()
                .filter(rule -> rule.version() == null || rule.version() == request.number("plan_version"))
                .findFirst()
                .map(rule -> Template.of(this, request, null).fill(rule.reply()))
                .orElseGet(() -> DefaultReplies.plan(request));
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        String step = request.tag("step").orElse("");
        for (StepRule rule : executor) {
            if (rule.step() != null && !step.matches(rule.step())) {
                continue;
            }
            for (int index = 0; index < rule.turns().size(); index++) {
                Turn turn = rule.turns().get(index);
                if (turn.fits(request, index)) {
                    return played(turn, request);
                }
            }
        }
        return new Words(DefaultReplies.AT_A_LOSS);
    }

    @Override
    public Object review(ModelRequest request) {
        return reviewer.stream()
                .filter(rule -> rule.fits(request))
                .findFirst()
                .map(rule -> ScriptPatterns.laidOver(DefaultReplies.review(request), rule.reply()))
                .orElseGet(() -> DefaultReplies.review(request));
    }

    @Override
    public Object judgement(ModelRequest request) {
        return judge.stream()
                .filter(rule -> rule.fits(request))
                .findFirst()
                .map(rule -> ScriptPatterns.laidOver(DefaultReplies.judgement(request), rule.reply()))
                .orElseGet(() -> DefaultReplies.judgement(request));
    }

    @Override
    public Duration latency(AskedRole role) {
        return Duration.ofMillis(latencyMs.getOrDefault(role, 0));
    }

    /** Returns the pattern of the goal. */
    Pattern goalPattern() {
        return ScriptPatterns.pattern(goal);
    }

    private ScriptedReply played(Turn turn, ModelRequest request) {
        Template template = Template.of(this, request, turn.when());
        if (turn.calls().isEmpty()) {
            return new Words(template.fill(turn.answer() == null ? "Done." : turn.answer()));
        }
        List<ScriptedReply.Call> calls = turn.calls().stream()
                .map(call -> new ScriptedReply.Call(template.fill(call.tool()), template.fill(call.arguments())))
                .toList();
        return new ScriptedReply.Calls(turn.say() == null ? "" : template.fill(turn.say()), calls);
    }
}
