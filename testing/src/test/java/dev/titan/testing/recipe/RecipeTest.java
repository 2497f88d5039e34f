package dev.titan.testing.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ScriptedReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeTest {

    private static final String JSON = """
            {
              "name": "weather-1",
              "system": "You know the weather.",
              "start": {"files": {"city.txt": "Oslo"}, "setup": "ls", "outside": {"day": 12}},
              "steps": [
                {"role": "user", "content": "Is it nice?"},
                {"role": "assistant", "content": "Where?"},
                {"role": "user", "content": "In Oslo."},
                {"role": "assistant", "content": "I look.", "calls": [
                  {"tool": "sun", "arguments": {"city": "Oslo"}},
                  {"tool": "clock", "arguments": {}}]},
                {"role": "tool", "content": "{\\"sun\\": 1, \\"rain\\": 0}", "compare": "normalised"},
                {"role": "tool", "content": "12:00", "compare": "ignore"},
                {"role": "assistant", "content": "It is."}
              ],
              "check": {"criteria": [{"says": "a note is there", "command": "test -e note"}], "outside": {"rows": 1}}
            }
            """;

    private final Recipe recipe = Recipe.parse(JSON);
    private final RecipeScript script = new RecipeScript(recipe, Verification.ALL);

    @Test
    void readsWhatItWrites() {
        assertThat(Recipe.parse(recipe.json())).isEqualTo(recipe);
    }

    @Test
    void refusesFieldsItDoesNotKnow() {
        assertThatThrownBy(() -> Recipe.parse(JSON.replace("\"compare\"", "\"comparison\"")))
                .hasMessageContaining("comparison");
    }

    @Test
    void refusesWhatNobodyCouldPlay() {
        assertThatThrownBy(() -> recipe(new RecipeStep.Assistant("Hello.", List.of())))
                .hasMessageContaining("does not begin with the user");
        assertThatThrownBy(() -> recipe(new RecipeStep.User("Hello."), new RecipeStep.Tool("4", null)))
                .hasMessageContaining("step 1 answers nothing");
        assertThatThrownBy(() -> recipe(new RecipeStep.User("Add."), call("sum")))
                .hasMessageContaining("step 1 has 1 calls");
        assertThatThrownBy(() ->
                        recipe(new RecipeStep.User("Add."), new RecipeStep.Assistant("What?", List.of()), call("sum")))
                .hasMessageContaining("step 1 has words only");
    }

    @Test
    void makesATaskOfIt() {
        assertThat(recipe.task(List.of("sun", "clock")))
                .isEqualTo(Map.of(
                        "goal",
                        "Is it nice?\n\n(recording weather-1)",
                        "context",
                        Map.of(
                                "instructions",
                                "You know the weather.",
                                "files",
                                Map.of("city.txt", "Oslo"),
                                "setup",
                                "ls"),
                        "tools",
                        List.of("sun", "clock"),
                        "budget",
                        Map.of("max_steps", 12),
                        "success_criteria",
                        List.of(Map.of("says", "a note is there", "command", "test -e note"))));
    }

    @Test
    void answersRequestByRequestAndSaysItsWordsAsAQuestion() {
        assertThat(script.turn(request(0)))
                .isEqualTo(new ScriptedReply.Calls(
                        "", List.of(new ScriptedReply.Call("ask_user", Map.of("question", "Where?")))));
        assertThat(script.turn(request(1, "In Oslo.")))
                .isEqualTo(new ScriptedReply.Calls(
                        "I look.",
                        List.of(
                                new ScriptedReply.Call("sun", Map.of("city", "Oslo")),
                                new ScriptedReply.Call("clock", Map.of()))));
        assertThat(script.turn(request(2, "In Oslo.", "{\"rain\":0, \"sun\":1}", "13:30")))
                .isEqualTo(new ScriptedReply.Words("It is."));
        assertThat(recipe.answer(1)).contains("In Oslo.");
        assertThat(recipe.answer(2)).isEmpty();
        assertThat(recipe.answer(3)).isEmpty();
    }

    @Test
    void endsTheTaskWhenAResultIsAnother() {
        ScriptedReply reply = script.turn(request(2, "In Oslo.", "{\"rain\":1, \"sun\":0}", "13:30"));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        ScriptedReply.Words.class,
                        words -> assertThat(words.text())
                                .startsWith(RecipeScript.LEFT)
                                .contains("result 1", "{\"rain\":1"));
        assertThat(judged("<answer>%s result 1 …</answer>".formatted(RecipeScript.LEFT)))
                .containsEntry("met", false);
        assertThat(judged("<answer>It is.</answer>")).containsEntry("met", true);
    }

    @Test
    void goesOnAfterAnOutcomeThatNobodyKnowsWhenItMay() {
        ModelRequest request = request(2, "In Oslo.", "A crash hides whether this call took effect, and …", "13:30");

        assertThat(new RecipeScript(recipe, Verification.UNTIL_OUTCOME_UNKNOWN).turn(request))
                .isEqualTo(new ScriptedReply.Words("It is."));
        assertThat(((ScriptedReply.Words) script.turn(request)).text()).startsWith(RecipeScript.LEFT);
        assertThat(new RecipeScript(recipe, Verification.NONE).turn(request(2, "Nowhere.")))
                .isEqualTo(new ScriptedReply.Words("It is."));
    }

    @Test
    void comparesAsItIsTold() {
        assertThat(Comparison.EXACT.holds("a b", "a  b")).isFalse();
        assertThat(Comparison.NORMALISED.holds("a b", " a\n b ")).isTrue();
        assertThat(Comparison.NORMALISED.holds("a b", "a c")).isFalse();
        assertThat(Comparison.NORMALISED.holds("[1, 2]", "[2, 1]")).isFalse();
        assertThat(Comparison.IGNORE.holds("a", "b")).isTrue();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> judged(String question) {
        return (Map<String, Object>)
                script.judgement(new ModelRequest(AskedRole.JUDGE, recipe.goal(), question, 0, List.of()));
    }

    private ModelRequest request(int replies, String... results) {
        return new ModelRequest(AskedRole.EXECUTOR, recipe.goal(), "", replies, List.of(results));
    }

    private static RecipeStep call(String tool) {
        return new RecipeStep.Assistant("", List.of(new ScriptedReply.Call(tool, Map.of())));
    }

    private static Recipe recipe(RecipeStep... steps) {
        return new Recipe("bad", null, Recipe.Start.NOTHING, List.of(steps), Recipe.Check.NOTHING);
    }
}
