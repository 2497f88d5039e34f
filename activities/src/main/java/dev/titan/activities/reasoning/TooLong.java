package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ChatException;

/** What a provider refuses as too long, although it was shortened or because nothing of it can be. */
final class TooLong {

    private TooLong() {}

    /** Returns the refusal with the reason why there is no shorter question, and what a person can do. */
    static ChatException.ContextOverflow lasting(ChatException.ContextOverflow refused, String why) {
        return new ChatException.ContextOverflow(
                refused.getMessage() + " " + why + " Use a model with a larger context, or make the goal smaller.",
                refused.advice(),
                refused);
    }
}
