package dev.titan.testing.recipe;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.ScriptedReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded run of an agent, to be played again. The format is described in {@code docs/recipes.md}; the constructor
 * refuses what nobody could play, with an {@link IllegalArgumentException} that names the step.
 *
 * @param name tells the recording from others
 * @param system the system prompt of the recording, which the task is given as context
 * @param start what is there before the first step; absent is nothing
 * @param steps the messages, from the user's first
 * @param check what must be there after the last; absent is anything
 */
public record Recipe(
        String name,
        @Nullable String system,
        @Nullable Start start,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<RecipeStep> steps,
        @Nullable Check check) {

    /** The tool by which the model says what it said to the user in the recording. */
    public static final String ASK_USER = "ask_user";

    /** Beside the turns of the recording: for a turn that is asked for again after a hint. */
    private static final int SPARE_STEPS = 10;

    private static final JsonMapper STRICT = TitanJson.mapper()
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Recipe {
        requireNonNull(name, "a recipe has no name");
        start = requireNonNullElse(start, Start.NOTHING);
        steps = List.copyOf(steps);
        check = requireNonNullElse(check, Check.NOTHING);
        turns(name, steps);
    }

    @Override
    public Start start() {
        return requireNonNull(start, "the constructor has set it");
    }

    @Override
    public Check check() {
        return requireNonNull(check, "the constructor has set it");
    }

    /**
     * What is there before the first step.
     *
     * @param files path in the workspace → text
     * @param setup a shell command that is run there first
     * @param outside what the world beyond the workspace must be, in the words of whoever plays that world
     */
    public record Start(
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, String> files,
            @Nullable String setup,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Object> outside) {

        /** Nothing but an empty workspace. */
        public static final Start NOTHING = new Start(Map.of(), null, Map.of());
    }

    /**
     * What must be there after the last step.
     *
     * @param criteria the success criteria of the task, each {@code {says, command}} as in the API
     * @param outside what the world beyond the workspace must be, in the words of whoever looks
     */
    public record Check(
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Map<String, String>> criteria,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Object> outside) {

        /** Whatever there is. */
        public static final Check NOTHING = new Check(List.of(), Map.of());
    }

    /**
     * A turn of the model and what it must see of it.
     *
     * @param reply what the model asks for
     * @param results the recorded result of each call
     */
    record Turn(ScriptedReply.Calls reply, List<RecipeStep.Tool> results) {}

    /** Reads a recipe; a misspelt field is an error, because a recipe that is half understood plays nonsense. */
    public static Recipe parse(String json) {
        return STRICT.readValue(json, Recipe.class);
    }

    /** Writes it as {@link #parse} reads it. */
    public String json() {
        return STRICT.writeValueAsString(this);
    }

    /** Returns the goal of the task: the user's first words, and the name, since recordings may begin alike. */
    public String goal() {
        return "%s\n\n(recording %s)".formatted(steps.getFirst().content(), name);
    }

    /** Returns the turns of the model that call tools, {@link #ASK_USER} among them. */
    List<Turn> turns() {
        return turns(name, steps);
    }

    /** Returns how many turns of the model call tools. */
    public int turnCount() {
        return turns().size();
    }

    /** Returns the last words of the model; empty when the recording ends otherwise. */
    String lastWords() {
        return steps.getLast() instanceof RecipeStep.Assistant words ? words.content() : "";
    }

    /** Returns what the user answered to the question of turn {@code number}, from 1; empty when there was no question. */
    public Optional<String> answer(int number) {
        return turns().stream()
                .skip(number - 1L)
                .limit(1)
                .filter(turn -> turn.reply().calls().getFirst().tool().equals(ASK_USER))
                .map(turn -> turn.results().getFirst().content())
                .findFirst();
    }

    /** Returns the body of {@code POST /v1/tasks} for a task that may use these tools and has steps enough. */
    public Map<String, Object> task(List<String> tools) {
        Map<String, Object> context = new HashMap<>();
        if (system != null) {
            context.put("instructions", system);
        }
        if (!start().files().isEmpty()) {
            context.put("files", start().files());
        }
        if (start().setup() != null) {
            context.put("setup", start().setup());
        }
        return Map.of(
                "goal",
                goal(),
                "context",
                context,
                "tools",
                tools,
                "budget",
                Map.of("max_steps", turns().size() + SPARE_STEPS),
                "success_criteria",
                check().criteria().isEmpty() ? List.of("The recording was played to its end.") : check().criteria());
    }

    private static List<Turn> turns(String name, List<RecipeStep> steps) {
        if (steps.isEmpty() || !(steps.getFirst() instanceof RecipeStep.User)) {
            throw new IllegalArgumentException("recipe %s does not begin with the user".formatted(name));
        }
        List<Turn> turns = new ArrayList<>();
        int at = 1;
        while (at < steps.size()) {
            if (!(steps.get(at) instanceof RecipeStep.Assistant assistant)) {
                throw new IllegalArgumentException(
                        "recipe %s: step %d answers nothing that was asked".formatted(name, at));
            }
            boolean last = at == steps.size() - 1;
            if (assistant.calls().isEmpty() && last) {
                break;
            }
            List<RecipeStep.Tool> results = results(name, steps, at, assistant);
            turns.add(new Turn(reply(assistant), results));
            at += 1 + results.size();
        }
        return turns;
    }

    private static ScriptedReply.Calls reply(RecipeStep.Assistant assistant) {
        return assistant.calls().isEmpty()
                ? new ScriptedReply.Calls(
                        "", List.of(new ScriptedReply.Call(ASK_USER, Map.of("question", assistant.content()))))
                : new ScriptedReply.Calls(assistant.content(), assistant.calls());
    }

    /** One result for each call; words without calls are a question, and the user's next words its result. */
    private static List<RecipeStep.Tool> results(
            String name, List<RecipeStep> steps, int at, RecipeStep.Assistant assistant) {
        if (assistant.calls().isEmpty()) {
            if (steps.get(at + 1) instanceof RecipeStep.User(String answer)) {
                return List.of(new RecipeStep.Tool(answer, Comparison.EXACT));
            }
            throw new IllegalArgumentException(
                    "recipe %s: step %d has words only, and the user does not answer".formatted(name, at));
        }
        List<RecipeStep.Tool> results = new ArrayList<>();
        for (RecipeStep step : steps.subList(
                at + 1, Math.min(steps.size(), at + 1 + assistant.calls().size()))) {
            if (step instanceof RecipeStep.Tool result) {
                results.add(result);
            }
        }
        if (results.size() != assistant.calls().size()) {
            throw new IllegalArgumentException("recipe %s: step %d has %d calls, and not as many results follow"
                    .formatted(name, at, assistant.calls().size()));
        }
        return results;
    }
}
