package dev.titan.contracts.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.tool.CallOutline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model did in a turn; its words and arguments stay in the store. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TurnOutline.Calls.class, name = "calls"),
    @JsonSubTypes.Type(value = TurnOutline.Answer.class, name = "answer")
})
public sealed interface TurnOutline {

    /**
     * The model asked for tools.
     *
     * @param calls at most {@value #CALLS_MAX}, in the order asked
     * @param spent what the turn cost; absent in runs that began before budgets were counted
     */
    record Calls(List<CallOutline> calls, @Nullable Spent spent) implements TurnOutline {
        public Calls {
            calls = List.copyOf(calls);
        }
    }

    /**
     * The model says the step is done.
     *
     * @param spent what the turn cost; absent in runs that began before budgets were counted
     */
    record Answer(@Nullable Spent spent) implements TurnOutline {}

    /** Returns what the turn cost. */
    @Nullable
    Spent spent();

    /** Temporal: at most 16 parallel starts keep one workflow task below its message limit. */
    int CALLS_MAX = 16;
}
