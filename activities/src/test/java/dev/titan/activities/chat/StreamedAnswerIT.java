package dev.titan.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.RecordedRequest;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.model.ScriptedReply;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Answers piece by piece, through the real clients of every provider. */
@Tag("model")
class StreamedAnswerIT {

    private static final String WORDS = "One word after the other, until the sentence has come to its end.";

    private static final ToolDescription SHELL = new ToolDescription("shell", "Runs a command.", (ObjectNode)
            TitanJson.mapper().readTree("{\"type\": \"object\", \"properties\": {}}"));

    private static final Map<String, String> SSE = Map.of("Content-Type", "text/event-stream");

    private final CountDownLatch rest = new CountDownLatch(1);
    private final ScriptedModelServer server = ScriptedModelServer.start(List.of(new Speaker()));
    private final List<String> pieces = new CopyOnWriteArrayList<>();

    /** Says the words and asks for a call; what comes after the first piece waits for the test when the goal says so. */
    private final class Speaker implements ModelScript {

        @Override
        public String name() {
            return "speaker";
        }

        @Override
        public boolean plays(String goal) {
            return true;
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            return new ScriptedReply.Calls(
                    WORDS,
                    List.of(
                            new ScriptedReply.Call("shell", Map.of("command", "ls --all --recursive --human-readable")),
                            new ScriptedReply.Call("shell", Map.of("command", "pwd"))));
        }

        @Override
        public void beforeEvent(AskedRole role, int event) throws InterruptedException {
            if (event == 2) {
                rest.await();
            }
        }
    }

    @AfterEach
    void close() {
        rest.countDown();
        server.close();
    }

    @Test
    void tellsTheWordsWhileTheyComeAndPutsTheCallsTogether() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<ChatAnswer> answer =
                CompletableFuture.supplyAsync(() -> scripted().ask(question(), piece -> {
                    first.complete(piece);
                    pieces.add(piece);
                }));

        assertThat(first.get(30, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(WORDS).startsWith(first.get());
        assertThat(answer).isNotDone();
        rest.countDown();
        ChatAnswer whole = answer.get(30, TimeUnit.SECONDS);

        assertThat(String.join("", pieces)).isEqualTo(WORDS);
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(whole.text()).isEqualTo(WORDS);
        assertThat(whole.calls())
                .extracting(Message.AskedCall::arguments)
                .containsExactly("{\"command\":\"ls --all --recursive --human-readable\"}", "{\"command\":\"pwd\"}");
        assertThat(whole.usage().inputTokens()).isPositive();
        assertThat(whole.usage().outputTokens()).isPositive();
        assertThat(server.requests()
                        .all()
                        .getFirst()
                        .body()
                        .at("/stream_options/include_usage")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void asksForStructuredRepliesAsAWhole() {
        scripted()
                .ask(
                        ChatQuestion.structured(question().messages(), new ReplyShape("answer", SHELL.parameters())),
                        pieces::add);

        assertThat(server.requests().all()).singleElement().matches(request -> !request.stream());
        assertThat(pieces).isEmpty();
    }

    @Test
    void streamsNothingWhenItIsToldNotTo() {
        ModelSettings settings = new ModelSettings(
                "openai/any",
                "key",
                server.baseUrl().toString(),
                Map.of(),
                Map.of(),
                ModelSettings.Delivery.WHOLE,
                ModelTimeouts.DEFAULT);

        ChatAnswer answer =
                new ModelCatalog(settings, Clock.systemUTC()).model(null).ask(question(), pieces::add);

        assertThat(answer.text()).isEqualTo(WORDS);
        assertThat(pieces).isEmpty();
    }

    @Test
    void takesHalfAnAnswerForNoneEvenWhenItEndsInGoodOrder() {
        server.faults().next(new Fault.EndsEarly());

        ChatException thrown =
                catchThrowableOfType(ChatException.class, () -> scripted().ask(question(), pieces::add));

        assertThat(thrown).isInstanceOf(ChatException.Unavailable.class).hasMessageContaining("broke off");
        assertThat(pieces).isNotEmpty();
    }

    @Test
    void isInterruptedInMidAnswer() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual()
                .start(() -> ended.complete(catchThrowableOfType(
                        ChatException.class, () -> scripted().ask(question(), pieces::add))));
        Awaitility.await().until(() -> !pieces.isEmpty());

        asking.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(ChatException.Unavailable.class);
    }

    @Test
    void asksAgainAsAWholeWhereTheServerRefusesToStream() {
        server.faults().next(new Fault.Refusal(400, "unsupported_value", "You may not stream this model."));
        LanguageModel model = scripted();

        assertThat(model.ask(question(), pieces::add).text()).isEqualTo(WORDS);
        assertThat(model.ask(question(), pieces::add).text()).isEqualTo(WORDS);

        assertThat(server.requests().all()).extracting(RecordedRequest::stream).containsExactly(true, false, false);
    }

    @Test
    void asksAgainAsAWholeWhereTheServerDoesNotKnowOfStreams() throws IOException {
        String response = """
                {"choices": [{"message": {"role": "assistant", "content": "Whole."}, "finish_reason": "stop"}]}""";
        try (StubProvider stub = new StubProvider(200, response, Map.of())) {
            assertThat(model("openai/any", stub.url("/v1"))
                            .ask(question(), pieces::add)
                            .text())
                    .isEqualTo("Whole.");
        }
    }

    @Test
    void readsAnErrorInMidStreamAsWhatItIs() throws IOException {
        String begin = """
                data: {"choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hal"}}]}

                """;
        assertThat(failure(begin + "data: {\"error\": {\"type\": \"server_error\", \"message\": \"oops\"}}\n\n"))
                .isInstanceOf(ChatException.Unavailable.class)
                .hasMessageContaining("oops");
        assertThat(failure(begin + "data: {\"error\": {\"code\": \"insufficient_quota\", \"message\": \"pay\"}}\n\n"))
                .isInstanceOf(ChatException.QuotaExhausted.class);
        assertThat(failure(begin + "data: {\"error\": {\"code\": 429, \"message\": \"slow down\"}}\n\n"))
                .isInstanceOf(ChatException.RateLimited.class);
        assertThat(failure(begin + "data: {\"choices\": [{\"index\"\n\n"))
                .isInstanceOf(ChatException.Unavailable.class)
                .hasMessageContaining("cannot be read");
    }

    private ChatException failure(String stream) throws IOException {
        try (StubProvider stub = new StubProvider(200, stream, SSE)) {
            return catchThrowableOfType(
                    ChatException.class,
                    () -> model("openai/any", stub.url("/v1")).ask(question(), pieces::add));
        }
    }

    @Test
    void speaksAnthropicsFormat() throws IOException {
        String stream = """
                event: message_start
                data: {"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": [], "usage": {"input_tokens": 12, "output_tokens": 1}}}

                event: content_block_start
                data: {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}

                event: ping
                data: {"type": "ping"}

                event: content_block_delta
                data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Look"}}

                event: content_block_delta
                data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "ing."}}

                event: content_block_stop
                data: {"type": "content_block_stop", "index": 0}

                event: content_block_start
                data: {"type": "content_block_start", "index": 1, "content_block": {"type": "tool_use", "id": "toolu_1", "name": "shell", "input": {}}}

                event: content_block_delta
                data: {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": "{\\"comm"}}

                event: content_block_delta
                data: {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": "and\\": \\"ls\\"}"}}

                event: content_block_stop
                data: {"type": "content_block_stop", "index": 1}

                event: message_delta
                data: {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 5}}

                event: message_stop
                data: {"type": "message_stop"}

                """;
        try (StubProvider stub = new StubProvider(200, stream, SSE)) {
            ChatAnswer answer = model("anthropic/claude", stub.url("/v1")).ask(question(), pieces::add);

            assertThat(pieces).containsExactly("Look", "ing.");
            assertThat(answer.text()).isEqualTo("Looking.");
            assertThat(answer.calls()).singleElement().satisfies(call -> {
                assertThat(call.id()).isEqualTo("toolu_1");
                assertThat(TitanJson.mapper().readTree(call.arguments()))
                        .isEqualTo(TitanJson.mapper().readTree("{\"command\": \"ls\"}"));
            });
            assertThat(answer.usage()).isEqualTo(new Usage(1, 12, 5));
            assertThat(stub.asked().body().path("stream").asBoolean()).isTrue();
        }
    }

    @Test
    void takesAnAnthropicAnswerWithoutEndForNone() throws IOException {
        String stream = """
                event: message_start
                data: {"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": [], "usage": {"input_tokens": 12, "output_tokens": 1}}}

                event: error
                data: {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

                """;
        for (String text : List.of(stream, stream.substring(0, stream.indexOf("event: error")))) {
            try (StubProvider stub = new StubProvider(200, text, SSE)) {
                assertThat(catchThrowableOfType(
                                ChatException.class,
                                () -> model("anthropic/claude", stub.url("/v1")).ask(question(), pieces::add)))
                        .isInstanceOf(ChatException.Unavailable.class);
            }
        }
    }

    @Test
    void speaksGeminisFormat() throws IOException {
        String stream = """
                data: {"candidates": [{"content": {"role": "model", "parts": [{"text": "Look"}]}}], "modelVersion": "gemini", "responseId": "r"}

                data: {"candidates": [{"content": {"role": "model", "parts": [{"text": "ing."}, {"functionCall": {"name": "shell", "args": {"command": "ls"}}}]}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 4, "totalTokenCount": 13}, "modelVersion": "gemini", "responseId": "r"}

                """;
        try (StubProvider stub = new StubProvider(200, stream, SSE)) {
            ChatAnswer answer =
                    model("gemini/gemini-2.5-flash", stub.url("/v1beta")).ask(question(), pieces::add);

            assertThat(String.join("", pieces)).isEqualTo("Looking.");
            assertThat(answer.text()).isEqualTo("Looking.");
            assertThat(answer.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.tool()).isEqualTo("shell"));
            assertThat(answer.usage()).isEqualTo(new Usage(1, 9, 4, new BigDecimal("0.0000127")));
            assertThat(stub.asked().path()).contains("gemini-2.5-flash:streamGenerateContent");
        }
    }

    @Test
    void speaksOllamasFormat() throws IOException {
        String stream = """
                {"model": "llama3.1", "created_at": "2026-11-22T10:00:00Z", "done": false, "message": {"role": "assistant", "content": "Look"}}
                {"model": "llama3.1", "created_at": "2026-11-22T10:00:00Z", "done": false, "message": {"role": "assistant", "content": "ing.", "tool_calls": [{"function": {"name": "shell", "arguments": {"command": "ls"}}}]}}
                {"model": "llama3.1", "created_at": "2026-11-22T10:00:00Z", "done": true, "done_reason": "stop", "message": {"role": "assistant", "content": ""}, "prompt_eval_count": 7, "eval_count": 2}
                """;
        try (StubProvider stub = new StubProvider(200, stream, Map.of("Content-Type", "application/x-ndjson"))) {
            ChatAnswer answer = model("ollama/llama3.1", stub.url("")).ask(question(), pieces::add);

            assertThat(pieces).containsExactly("Look", "ing.");
            assertThat(answer.text()).isEqualTo("Looking.");
            assertThat(answer.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.tool()).isEqualTo("shell"));
            assertThat(answer.usage()).isEqualTo(new Usage(1, 7, 2));
        }
    }

    private LanguageModel scripted() {
        return model("openai/scripted", server.baseUrl().toString());
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

    private static ChatQuestion question() {
        return ChatQuestion.open(
                List.of(
                        new Message.Instructions("You are Titan's executor.", "executor/1"),
                        new Message.Question("<goal>\nspeak\n</goal>")),
                List.of(SHELL));
    }
}
