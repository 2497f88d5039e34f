package dev.titan.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Message.AskedCall;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.RecordedRequest;
import dev.titan.testing.model.ScriptLibrary;
import dev.titan.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real clients of every provider, against servers that speak their wire formats. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("model")
class LanguageModelIT {

    private static final ToolDescription SHELL = new ToolDescription(
            "shell", "Runs a command.", (ObjectNode) TitanJson.mapper().readTree("""
                    {"type": "object",
                     "properties": {"command": {"type": "string", "description": "What to run."},
                                    "env": {"type": "object", "additionalProperties": {"type": "string"}}},
                     "required": ["command"], "additionalProperties": false}"""));

    private static final ModelTimeouts SHORT =
            new ModelTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static final List<Message> CONVERSATION = List.of(
            new Message.Instructions("You are helpful.", "executor/1"),
            new Message.Question("List the files."),
            new Message.Reply(
                    1,
                    "",
                    List.of(new AskedCall("call_1", "shell", "{\"command\": \"ls\"}")),
                    "openai/any",
                    Usage.NONE),
            new Message.Result("call_1", "shell", "", false));

    private static final String SCRIPT = """
            name: chat
            goal: "chat"
            executor:
              - turns:
                  - calls: [{tool: shell, arguments: {command: ls}}]
                  - answer: There are no files.
            """;

    private ScriptedModelServer server = ScriptedModelServer.start(List.of());

    @BeforeAll
    void start() {
        server.close();
        server = ScriptedModelServer.start(List.of(ScriptLibrary.parse(SCRIPT)));
    }

    @AfterEach
    void mend() {
        server.faults().clear();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void asksAnOpenAiServerForCallsAndThenForWords() {
        ChatAnswer calls = scripted().ask(executor());

        assertThat(calls.calls()).singleElement().satisfies(call -> {
            assertThat(call.tool()).isEqualTo("shell");
            assertThat(call.arguments()).isEqualTo("{\"command\":\"ls\"}");
        });
        assertThat(calls.model()).isEqualTo("openai/scripted");
        assertThat(calls.usage().modelCalls()).isEqualTo(1);
        assertThat(calls.usage().inputTokens()).isPositive();
        assertThat(calls.usage().outputTokens()).isPositive();

        ChatAnswer words = scripted()
                .ask(ChatQuestion.open(
                        Stream.concat(
                                        executor().messages().stream(),
                                        CONVERSATION.stream().skip(2))
                                .toList(),
                        List.of(SHELL)));
        assertThat(words.text()).isEqualTo("There are no files.");
        assertThat(words.calls()).isEmpty();
    }

    @Test
    void sendsTheToolsSchemaAndTheKey() {
        server.requests().clear();
        scripted().ask(executor());

        var request = server.requests().all().getFirst();
        assertThat(request.headers()).containsEntry("authorization", List.of("Bearer secret-key"));
        JsonNode function = request.body().path("tools").path(0).path("function");
        assertThat(function.path("name").asString()).isEqualTo("shell");
        assertThat(function.path("parameters")
                        .path("properties")
                        .path("command")
                        .path("type")
                        .asString())
                .isEqualTo("string");
        assertThat(function.path("parameters").path("required").path(0).asString())
                .isEqualTo("command");
    }

    static List<Arguments> faults() {
        return List.of(
                Arguments.of(
                        new Fault.RateLimited(Duration.ofSeconds(7)),
                        ChatException.RateLimited.class,
                        Duration.ofSeconds(7)),
                Arguments.of(new Fault.RateLimited(null), ChatException.RateLimited.class, null),
                Arguments.of(Fault.insufficientQuota(), ChatException.QuotaExhausted.class, null),
                Arguments.of(Fault.serverError(), ChatException.Unavailable.class, null),
                Arguments.of(Fault.unauthorized(), ChatException.KeyRefused.class, null),
                Arguments.of(Fault.contextLengthExceeded(), ChatException.ContextOverflow.class, null),
                tooLong(400, "prompt is too long: 208310 tokens > 200000 maximum"),
                tooLong(400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
                tooLong(400, "Your input exceeds the context window of this model."),
                tooLong(400, "prompt too long; exceeded max context length by 12 tokens"),
                tooLong(400, "the request exceeds the available context size, try increasing it"),
                Arguments.of(new Fault.Refusal(400, "bad", "no"), ChatException.RequestRefused.class, null),
                Arguments.of(new Fault.Refusal(400, "content_filter", "no"), ChatException.ContentFiltered.class, null),
                Arguments.of(new Fault.Refusal(404, "model_not_found", "no"), ChatException.ModelUnknown.class, null),
                Arguments.of(new Fault.Refusal(408, "timeout", "slow"), ChatException.TimedOut.class, null),
                Arguments.of(new Fault.Refusal(409, "conflict", "busy"), ChatException.Unavailable.class, null),
                Arguments.of(new Fault.Refusal(503, "overloaded", "busy"), ChatException.Unavailable.class, null),
                Arguments.of(new Fault.BrokenOff(), ChatException.Unavailable.class, null),
                Arguments.of(new Fault.MalformedBody(), ChatException.Unavailable.class, null),
                Arguments.of(new Fault.Hang(), ChatException.TimedOut.class, null),
                Arguments.of(new Fault.HangMidway(), ChatException.TimedOut.class, null));
    }

    /** How Anthropic, Google, OpenAI's newer models, Ollama and llama.cpp say it. */
    private static Arguments tooLong(int status, String message) {
        return Arguments.of(
                new Fault.Refusal(status, "invalid_request_error", message), ChatException.ContextOverflow.class, null);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void tellsTroublesApart(Fault fault, Class<? extends ChatException> kind, @Nullable Duration delay) {
        server.requests().clear();
        server.faults().always(fault);
        LanguageModel model = new ModelCatalog(settings().withTimeouts(SHORT), Clock.systemUTC()).model(null);

        ChatException whole = catchThrowableOfType(ChatException.class, () -> model.ask(executor()));
        ChatException streamed = catchThrowableOfType(ChatException.class, () -> model.ask(executor(), piece -> {}));

        assertThat(List.of(whole, streamed)).allSatisfy(thrown -> {
            assertThat(thrown).isInstanceOf(kind).hasMessageNotContaining("secret-key");
            assertThat(thrown.advice().after()).isEqualTo(delay);
        });
        assertThat(server.requests().all())
                .as("retries are left to Temporal")
                .extracting(RecordedRequest::stream)
                .containsExactly(false, true);
    }

    @Test
    void abortsTheCallWhenItsThreadIsInterrupted() throws Exception {
        server.requests().clear();
        server.faults().next(new Fault.Hang());
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual()
                .start(() -> ended.complete(catchThrowableOfType(
                        ChatException.class, () -> scripted().ask(executor()))));
        Awaitility.await().until(() -> server.requests().count() == 1);

        asking.interrupt();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(ChatException.Unavailable.class);
        asking.join();
    }

    @Test
    void saysWhenNobodyIsThere() {
        LanguageModel model = new ModelCatalog(
                        ModelSettings.openAi("any", "key", "http://127.0.0.1:1/v1"), Clock.systemUTC())
                .model(null);
        assertThat(catchThrowableOfType(ChatException.class, () -> model.ask(executor())))
                .isInstanceOf(ChatException.Unavailable.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("LLM_BASE_URL");
    }

    @Test
    void honoursShouldRetry() throws IOException {
        try (StubProvider stub =
                new StubProvider(500, "{}", Map.of("x-should-retry", "false", "retry-after-ms", "20"))) {
            LanguageModel model = new ModelCatalog(
                            ModelSettings.openAi("any", "key", stub.url("/v1")), Clock.systemUTC())
                    .model(null);
            ChatException thrown = catchThrowableOfType(ChatException.class, () -> model.ask(executor()));
            assertThat(thrown.advice())
                    .isEqualTo(new RetryAdvice(RetryAdvice.Wish.DO_NOT_RETRY, Duration.ofMillis(20)));
        }
    }

    @Test
    void asksForASchemaWhereTheProviderKnowsThem() {
        server.requests().clear();
        scripted().ask(ChatQuestion.structured(executor().messages(), new ReplyShape("answer", SHELL.parameters())));

        JsonNode format = server.requests().all().getFirst().body().path("response_format");
        assertThat(format.path("type").asString()).isEqualTo("json_schema");
        assertThat(format.path("json_schema").path("name").asString()).isEqualTo("answer");
    }

    @Test
    void doesWithoutTheSchemaWhereTheServerRefusesIt() {
        server.requests().clear();
        server.faults()
                .next(new Fault.Refusal(400, "invalid_request_error", "This response_format type is unavailable now"));
        LanguageModel model = scripted();
        ChatQuestion question =
                ChatQuestion.structured(executor().messages(), new ReplyShape("answer", SHELL.parameters()));

        model.ask(question);
        model.ask(question);

        assertThat(server.requests().all())
                .extracting(request -> request.body().has("response_format"))
                .containsExactly(true, false, false);
    }

    @Test
    void speaksAnthropicsFormat() throws IOException {
        String response = """
                {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "stop_reason": "tool_use",
                 "content": [{"type": "text", "text": "Looking."},
                             {"type": "tool_use", "id": "toolu_1", "name": "shell", "input": {"command": "ls"}}],
                 "usage": {"input_tokens": 12, "output_tokens": 5}}""";
        try (StubProvider stub = new StubProvider(200, response, Map.of())) {
            ChatAnswer answer = model("anthropic/claude", stub.url("/v1")).ask(open());

            assertThat(answer.text()).isEqualTo("Looking.");
            assertThat(answer.calls()).singleElement().satisfies(call -> {
                assertThat(call.id()).isEqualTo("toolu_1");
                assertThat(TitanJson.mapper().readTree(call.arguments()))
                        .isEqualTo(TitanJson.mapper().readTree("{\"command\": \"ls\"}"));
            });
            assertThat(answer.usage()).isEqualTo(new Usage(1, 12, 5));
            StubProvider.Asked asked = stub.asked();
            assertThat(asked.path()).isEqualTo("/v1/messages");
            assertThat(asked.headers()).containsEntry("x-api-key", List.of("secret-key"));
            assertThat(asked.body().path("messages").toString()).contains("\"tool_use_id\":\"call_1\"");
            assertThat(asked.body().path("max_tokens").asInt()).isEqualTo(8_192);
            assertThat(asked.body().has("thinking"))
                    .as("what newer models refuse")
                    .isFalse();
        }
    }

    @Test
    void speaksGeminisFormat() throws IOException {
        String response = """
                {"candidates": [{"content": {"role": "model", "parts": [
                    {"functionCall": {"name": "shell", "args": {"command": "ls"}}}]}, "finishReason": "STOP"}],
                 "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 4, "totalTokenCount": 13},
                 "modelVersion": "gemini", "responseId": "r"}""";
        try (StubProvider stub = new StubProvider(200, response, Map.of())) {
            ChatAnswer answer =
                    model("gemini/gemini-2.5-flash", stub.url("/v1beta")).ask(open());

            assertThat(answer.calls()).singleElement().satisfies(call -> {
                assertThat(call.id()).isNotBlank();
                assertThat(call.tool()).isEqualTo("shell");
            });
            assertThat(answer.usage()).isEqualTo(new Usage(1, 9, 4, new BigDecimal("0.0000127")));
            StubProvider.Asked asked = stub.asked();
            assertThat(asked.path()).contains("gemini-2.5-flash:generateContent");
            assertThat(asked.body().toString()).contains("functionResponse");
        }
    }

    @Test
    void speaksOllamasFormat() throws IOException {
        String response = """
                {"model": "llama3.1", "created_at": "2026-11-22T10:00:00Z", "done": true, "done_reason": "stop",
                 "message": {"role": "assistant", "content": "None."}, "prompt_eval_count": 7, "eval_count": 2}""";
        try (StubProvider stub = new StubProvider(200, response, Map.of())) {
            ChatAnswer answer = model("ollama/llama3.1", stub.url("")).ask(open());

            assertThat(answer.text()).isEqualTo("None.");
            assertThat(answer.usage()).isEqualTo(new Usage(1, 7, 2));
            assertThat(stub.asked().path()).isEqualTo("/api/chat");
        }
    }

    @Test
    void survivesAHistoryThatProvidersWouldRefuse() throws IOException {
        List<Message> odd = List.of(
                new Message.Instructions("You are helpful.", "executor/1"),
                new Message.Question("Do it."),
                new Message.Reply(
                        1,
                        "",
                        List.of(new AskedCall("c", "no such tool!", "{\"command\": \"l")),
                        "openai/any",
                        Usage.NONE),
                new Message.Result("c", "no such tool!", "There is no such tool.", true));
        String response = """
                {"choices": [{"message": {"role": "assistant", "content": "Sorry."}, "finish_reason": "stop"}]}""";
        try (StubProvider stub = new StubProvider(200, response, Map.of())) {
            assertThat(model("openai/any", stub.url("/v1"))
                            .ask(ChatQuestion.open(odd, List.of(SHELL)))
                            .text())
                    .isEqualTo("Sorry.");
            JsonNode function = stub.asked()
                    .body()
                    .path("messages")
                    .path(2)
                    .path("tool_calls")
                    .path(0)
                    .path("function");
            assertThat(function.path("name").asString()).isEqualTo("no_such_tool_");
            assertThat(function.path("arguments").asString()).isEqualTo("{}");
        }
    }

    private static LanguageModel model(String name, String baseUrl) {
        return new ModelCatalog(
                        new ModelSettings(
                                name,
                                "secret-key",
                                baseUrl,
                                Map.of(),
                                Map.of(),
                                ModelSettings.Delivery.STREAMED,
                                ModelTimeouts.DEFAULT),
                        Clock.systemUTC())
                .model(null);
    }

    private static ChatQuestion open() {
        return ChatQuestion.open(CONVERSATION, List.of(SHELL));
    }

    private static ChatQuestion executor() {
        return ChatQuestion.open(
                List.of(
                        new Message.Instructions("You are Titan's executor.", "executor/1"),
                        new Message.Question("<goal>\nchat\n</goal>")),
                List.of(SHELL));
    }

    private ModelSettings settings() {
        return ModelSettings.openAi("scripted", "secret-key", server.baseUrl().toString());
    }

    private LanguageModel scripted() {
        return new ModelCatalog(settings(), Clock.systemUTC()).model(null);
    }
}
