package dev.titan.activities.chat;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who answers, which decides the wire format. */
enum Provider {
    OPENAI("gpt-5-mini", ReplyFormat.SCHEMA, List.of("OPENAI_API_KEY")),
    ANTHROPIC("claude-sonnet-5-5", ReplyFormat.WORDS, List.of("ANTHROPIC_API_KEY")),
    /** Its schemas cannot say "any object", which planned arguments are; so it is asked for JSON and told the shape. */
    GEMINI("gemini-2.5-flash", ReplyFormat.JSON, List.of("GEMINI_API_KEY", "GOOGLE_API_KEY")),
    OLLAMA(null, ReplyFormat.SCHEMA, List.of()),
    /** Any other name with a base URL: a server that speaks OpenAI's format, with features nobody knows. */
    COMPATIBLE(null, ReplyFormat.WORDS, List.of());

    /** The model when only a key is configured. */
    private final @Nullable String usualModel;

    private final ReplyFormat replyFormat;

    @SuppressWarnings("ImmutableEnumChecker") // every list is made by List.of
    private final List<String> keyVariables;

    Provider(@Nullable String usualModel, ReplyFormat replyFormat, List<String> keyVariables) {
        this.usualModel = usualModel;
        this.replyFormat = replyFormat;
        this.keyVariables = keyVariables;
    }

    /** How a structured reply is asked for. */
    enum ReplyFormat {
        /** By a JSON Schema in the request. */
        SCHEMA,
        /** By JSON mode; the prompt describes the shape. */
        JSON,
        /** By the prompt alone. */
        WORDS
    }

    /** Returns the provider of that name; any unknown one is {@link #COMPATIBLE}. */
    static Provider of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "openai" -> OPENAI;
            case "anthropic" -> ANTHROPIC;
            case "gemini", "google" -> GEMINI;
            case "ollama" -> OLLAMA;
            default -> COMPATIBLE;
        };
    }

    @Nullable
    String usualModel() {
        return usualModel;
    }

    ReplyFormat replyFormat() {
        return replyFormat;
    }

    /** Returns the variables its key is usually kept in; none when it needs no key. */
    List<String> keyVariables() {
        return keyVariables;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
