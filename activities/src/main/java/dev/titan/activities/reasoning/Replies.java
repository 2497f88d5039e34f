package dev.titan.activities.reasoning;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.titan.activities.chat.ReplyShape;
import dev.titan.activities.tool.ArgumentReader;
import dev.titan.activities.tool.ArgumentSchema;
import dev.titan.activities.tool.ReadArguments;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.review.Decision;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The JSON objects that structured replies have to be, and how they are read: strictly, every problem named. */
final class Replies {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** Some models wrap JSON in a code fence whatever they are told. */
    private static final Pattern FENCE = Pattern.compile("^```(?:json)?\\s*\\n(.*?)\\n?```$", Pattern.DOTALL);

    private Replies() {}

    /** The interpreter's reply; see {@link dev.titan.contracts.task.TaskSpec}. */
    public record Interpretation(
            String summary,
            List<String> skills,
            List<String> tools,
            List<String> successCriteria,
            List<String> constraints,
            List<String> risks) {}

    /** The planner's reply. */
    public record Planning(String reasoning, List<PlannedStep> steps) {}

    /** A step as the planner writes it; see {@link dev.titan.contracts.plan.Step}. */
    public record PlannedStep(
            String id,
            String description,
            @Nullable List<String> dependsOn,
            @Nullable String tool,

            @JsonPropertyDescription("The complete arguments of the tool; left out when the executor decides") @Nullable
            Map<String, Object> arguments,

            @Nullable List<String> successCriteria,
            @Nullable String expectedOutput) {}

    /** The reviewer's reply; see {@link dev.titan.contracts.review.Review}. */
    public record StepReview(
            Decision decision, boolean onTrack, List<String> issues, List<String> suggestions, double confidence) {}

    /** The judge's reply; see {@link dev.titan.contracts.review.Verdict}. */
    public record Judgement(
            boolean met, boolean recoverable, String answer, List<String> issues, List<String> suggestions) {}

    static ReplyShape shape(String name, Class<? extends Record> type) {
        return new ReplyShape(name, ArgumentSchema.of(type));
    }

    static <R extends Record> Reading<R> read(Class<R> type, String text) {
        Map<String, Object> object;
        try {
            Matcher fenced = FENCE.matcher(text.strip());
            object = TitanJson.mapper().readValue(fenced.matches() ? fenced.group(1) : text, OBJECT);
        } catch (JacksonException e) {
            return new Reading.Unusable<>("It is not a JSON object: " + e.getOriginalMessage());
        }
        if (object == null) {
            return new Reading.Unusable<>("It is not a JSON object.");
        }
        return switch (ArgumentReader.read(type, object)) {
            case ReadArguments.Fitting<R>(R value) -> new Reading.Usable<>(value);
            case ReadArguments.Unfitting<R>(String reason) -> new Reading.Unusable<>(reason);
        };
    }
}
