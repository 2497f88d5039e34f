package dev.titan.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.Role;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {

    @Test
    void namesTheVariablesToSetWhenNothingIsConfigured() {
        assertThatThrownBy(() -> catalog(Map.of()).model(null))
                .isInstanceOf(ChatException.KeyMissing.class)
                .hasMessageContaining("LLM_MODEL")
                .hasMessageContaining("LLM_API_KEY")
                .hasMessageContaining("ANTHROPIC_API_KEY");
    }

    @Test
    void namesTheProvidersVariableWhenItsKeyIsMissing() {
        assertThatThrownBy(() ->
                        catalog(Map.of("LLM_MODEL", "gemini/gemini-2.5-pro")).model(null))
                .isInstanceOf(ChatException.KeyMissing.class)
                .hasMessageContaining("GEMINI_API_KEY or GOOGLE_API_KEY");
    }

    @Test
    void picksTheUsualModelOfTheProviderWhoseKeyIsThere() {
        assertThat(catalog(Map.of("ANTHROPIC_API_KEY", "k")).model(null).name())
                .isEqualTo("anthropic/claude-sonnet-5-5");
        assertThat(ModelSettings.of(Map.of("LLM_MODEL", " ")).usualModel()).isEmpty();
    }

    @Test
    void givesATaskTheModelItNames() {
        ModelCatalog catalog = catalog(Map.of("LLM_MODEL", "openai/gpt", "LLM_API_KEY", "k", "GOOGLE_API_KEY", "g"));

        assertThat(catalog.model("google/gemini-x").name()).isEqualTo("google/gemini-x");
        assertThat(catalog.model("openai/other").name()).isEqualTo("openai/other");
        assertThat(catalog.model("ollama/llama3:8b").name()).isEqualTo("ollama/llama3:8b");
        assertThatThrownBy(() -> catalog.model("anthropic/claude")).isInstanceOf(ChatException.KeyMissing.class);
    }

    @Test
    void givesARoleTheModelItHasOfItsOwn() {
        ModelSettings settings = new ModelSettings(
                "openai/gpt",
                "k",
                null,
                Map.of("ANTHROPIC_API_KEY", "a"),
                Map.of(Role.REVIEWER, "anthropic/claude"),
                ModelSettings.Delivery.STREAMED,
                ModelTimeouts.DEFAULT);
        ModelCatalog catalog = new ModelCatalog(settings, Clock.systemUTC());

        assertThat(catalog.model(Role.REVIEWER, "openai/other").name()).isEqualTo("anthropic/claude");
        assertThat(catalog.model(Role.EXECUTOR, "openai/other").name()).isEqualTo("openai/other");
        assertThat(catalog.model(Role.PLANNER, null).name()).isEqualTo("openai/gpt");
    }

    @Test
    void knowsTheContextOfTheModelThatAnswersForARole() {
        ModelSettings settings = new ModelSettings(
                "openai/gpt-4o",
                "k",
                null,
                Map.of(),
                Map.of(Role.SUMMARIZER, "anthropic/claude-haiku-4-5"),
                ModelSettings.Delivery.STREAMED,
                ModelTimeouts.DEFAULT);
        ModelCatalog catalog = new ModelCatalog(settings, Clock.systemUTC());

        assertThat(catalog.contextTokens(Role.EXECUTOR, null)).hasValue(128_000);
        assertThat(catalog.contextTokens(Role.EXECUTOR, "openai/unheard-of")).isEmpty();
        assertThat(catalog.contextTokens(Role.SUMMARIZER, "openai/unheard-of")).hasValue(200_000);
    }

    @Test
    void asksAnyOtherProviderOnlyAtABaseUrl() {
        assertThat(catalog(Map.of("LLM_MODEL", "mistral/large", "LLM_BASE_URL", "http://127.0.0.1:1/v1"))
                        .model(null)
                        .name())
                .isEqualTo("mistral/large");
        assertThatThrownBy(() -> catalog(Map.of("LLM_MODEL", "mistral/large")).model(null))
                .isInstanceOf(ChatException.ModelUnknown.class)
                .hasMessageContaining("LLM_BASE_URL");
    }

    @Test
    void refusesANameWithoutProvider() {
        assertThatThrownBy(() -> catalog(Map.of("LLM_MODEL", "gpt-5")).model(null))
                .isInstanceOf(ChatException.ModelUnknown.class)
                .hasMessageContaining("provider/model");
    }

    @Test
    void showsNoKeyInItsText() {
        assertThat(ModelSettings.of(Map.of("LLM_API_KEY", "secret-a", "OPENAI_API_KEY", "secret-b"))
                        .toString())
                .doesNotContain("secret");
    }

    private static ModelCatalog catalog(Map<String, String> environment) {
        return new ModelCatalog(ModelSettings.of(environment), Clock.systemUTC());
    }
}
