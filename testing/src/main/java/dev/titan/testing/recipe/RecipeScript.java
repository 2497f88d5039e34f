package dev.titan.testing.recipe;

import dev.titan.testing.model.DefaultReplies;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a recipe: the executor's request <i>k</i> is answered with the recording's turn <i>k</i>. Every tool result that
 * a request shows is held against the recording; one that differs ends the task as not succeeded, and its answer begins
 * with {@link #LEFT} and says what differs.
 *
 * @param recipe what is played
 * @param verification which results have to be as recorded
 */
public record RecipeScript(Recipe recipe, Verification verification) implements ModelScript {

    /** How the answer of a task begins that went another way than its recording. */
    public static final String LEFT = "This run is not its recording:";

    /** What a model is shown of an empty result: providers refuse empty ones. */
    private static final String EMPTY = "(no output)";

    /** How the dispatch tells a model that a crash hid an outcome. */
    private static final String OUTCOME_UNKNOWN = "A crash hides whether this call took effect";

    /** Enough to see what differs in a table of runs. */
    private static final int QUOTED_CHARS_MAX = 400;

    @Override
    public String name() {
        return recipe.name();
    }

    @Override
    public boolean plays(String goal) {
        return recipe.goal().strip().equals(goal.strip());
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        Optional<String> difference = difference(request.results());
        if (difference.isPresent()) {
            return new ScriptedReply.Words("%s %s".formatted(LEFT, difference.get()));
        }
        List<Recipe.Turn> turns = recipe.turns();
        return request.replies() < turns.size()
                ? turns.get(request.replies()).reply()
                : new ScriptedReply.Words(lastWords(request.results().size()));
    }

    /** A call that was refused may be part of the recording, so only the judge ends the task. */
    @Override
    public Object review(ModelRequest request) {
        return DefaultReplies.goOn();
    }

    @Override
    public Object judgement(ModelRequest request) {
        int left = request.question().indexOf(LEFT);
        boolean met = left < 0 && !request.question().contains("<check outcome=\"failed\"");
        String answer = left < 0
                ? "The recording was played to its end."
                : shortened(request.question().substring(left));
        return Map.of(
                "met", met, "recoverable", false, "answer", answer, "issues", List.of(), "suggestions", List.of());
    }

    private String lastWords(int results) {
        return recipe.lastWords().isEmpty()
                ? "The recording was played to its end, %d results.".formatted(results)
                : recipe.lastWords();
    }

    private Optional<String> difference(List<String> seen) {
        List<RecipeStep.Tool> recorded =
                recipe.turns().stream().flatMap(turn -> turn.results().stream()).toList();
        for (int i = 0; i < seen.size() && i < recorded.size(); i++) {
            switch (verification) {
                case NONE -> {
                    return Optional.empty();
                }
                case UNTIL_OUTCOME_UNKNOWN -> {
                    if (seen.get(i).startsWith(OUTCOME_UNKNOWN)) {
                        return Optional.empty();
                    }
                }
                case ALL -> {}
            }
            if (!holds(recorded.get(i), seen.get(i))) {
                return Optional.of("result %d was recorded as\n%s\nand is now\n%s"
                        .formatted(i, shortened(recorded.get(i).content()), shortened(seen.get(i))));
            }
        }
        return Optional.empty();
    }

    private static boolean holds(RecipeStep.Tool recorded, String seen) {
        return recorded.holds(seen) || (recorded.content().isEmpty() && seen.equals(EMPTY));
    }

    private static String shortened(String text) {
        return text.length() <= QUOTED_CHARS_MAX ? text : text.substring(0, QUOTED_CHARS_MAX) + "…";
    }
}
