package dev.titan.testing.model;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.ScriptedReply.Words;
import java.time.Duration;
import java.util.List;

/** The part a scripted model plays for one goal, or for many. Stateless and thread-safe. */
public interface ModelScript {

    /** Returns a name for messages. */
    String name();

    /** Returns whether this script answers for the goal. */
    boolean plays(String goal);

    /** Returns what the executor does next. */
    ScriptedReply turn(ModelRequest request);

    /** Returns the interpreter's reply. */
    default Object interpretation(ModelRequest request) {
        return DefaultReplies.interpretation(request);
    }

    /** Returns the planner's reply. */
    default Object plan(ModelRequest request) {
        return DefaultReplies.plan(request);
    }

    /** Returns the reviewer's reply. */
    default Object review(ModelRequest request) {
        return DefaultReplies.review(request);
    }

    /** Returns the judge's reply. */
    default Object judgement(ModelRequest request) {
        return DefaultReplies.judgement(request);
    }

    /** Returns the summarizer's reply. */
    default String summary(ModelRequest request) {
        return DefaultReplies.summary(request);
    }

    /** Returns how many bytes a request of the role may have; a longer one is refused as OpenAI does. */
    default int requestBytesMax(AskedRole role) {
        return Integer.MAX_VALUE;
    }

    /** Returns how long the model seems to think before it answers. */
    default Duration latency(AskedRole role) {
        return Duration.ZERO;
    }

    /**
     * Is called before each event of a streamed answer but not of a broken one; whoever waits here keeps the rest back.
     *
     * @param event from 0, which holds no words yet
     */
    default void beforeEvent(AskedRole role, int event) throws InterruptedException {}

    /** Returns the troubles this script brings by itself. */
    default List<FaultRule> faults() {
        return List.of();
    }

    /** Returns the reply for the request's role. */
    default ScriptedReply reply(ModelRequest request) {
        return switch (request.role()) {
            case INTERPRETER -> json(interpretation(request));
            case PLANNER -> json(plan(request));
            case EXECUTOR -> turn(request);
            case REVIEWER -> json(review(request));
            case JUDGE -> json(judgement(request));
            case SUMMARIZER -> new Words(summary(request));
            case OTHER -> new Words("This is Titan's scripted demo model; it only plays prepared goals.");
        };
    }

    private static Words json(Object value) {
        return new Words(TitanJson.mapper().writeValueAsString(value));
    }
}
