package dev.titan.testing.recipe;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.titan.testing.model.ScriptedReply;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One message of a recorded run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecipeStep.User.class, name = "user"),
    @JsonSubTypes.Type(value = RecipeStep.Assistant.class, name = "assistant"),
    @JsonSubTypes.Type(value = RecipeStep.Tool.class, name = "tool")
})
public sealed interface RecipeStep {

    /** Returns the text; empty when there is none. */
    String content();

    /**
     * What the user said: the goal at first, then the answer to the assistant's words before it.
     *
     * @param content the text
     */
    record User(String content) implements RecipeStep {}

    /**
     * What the model said or called for.
     *
     * @param content its words; may be absent beside calls
     * @param calls the tool calls, with the arguments as an object
     */
    record Assistant(
            @JsonSetter(nulls = Nulls.AS_EMPTY) String content,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<ScriptedReply.Call> calls)
            implements RecipeStep {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /**
     * What a tool answered, one step for each call of the assistant step before, in their order.
     *
     * @param content the text
     * @param compare how a result is held against it; absent is exact
     */
    record Tool(String content, @Nullable Comparison compare) implements RecipeStep {

        /** Returns whether a result counts as this one. */
        boolean holds(String seen) {
            return Objects.requireNonNullElse(compare, Comparison.EXACT).holds(content, seen);
        }
    }
}
