package dev.titan.testing.model;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends one reply, or the trouble that takes its place. */
final class ReplyDelivery {

    /** A hang ends by itself at last, so that a forgotten server holds no connection for ever. */
    private static final Duration HANG_MAX = Duration.ofMinutes(10);

    private final HttpExchange exchange;
    private final RecordedRequest request;
    private final int requestBytes;
    private final Pacing pacing;
    private final CountDownLatch closed;

    /** Waits before an event of a stream, or does not. */
    @FunctionalInterface
    interface Pacing {

        void before(int event) throws InterruptedException;
    }

    ReplyDelivery(
            HttpExchange exchange, RecordedRequest request, int requestBytes, Pacing pacing, CountDownLatch closed) {
        this.exchange = exchange;
        this.request = request;
        this.requestBytes = requestBytes;
        this.pacing = pacing;
        this.closed = closed;
    }

    void deliver(WireReply reply, Optional<Fault> fault) throws IOException, InterruptedException {
        deliver(reply, fault.orElse(null));
    }

    private void deliver(WireReply reply, @Nullable Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case null -> whole(reply);
            case Fault.RateLimited limited -> {
                if (limited.retryAfter() != null) {
                    limit(Long.toString(limited.retryAfter().toSeconds()));
                }
                refuse(429, "rate_limit_exceeded", "Rate limit reached.");
            }
            case Fault.RateLimitedUntil(Duration delay) -> {
                // The seconds are cut off on the wire; one more keeps the promise.
                ZonedDateTime until =
                        ZonedDateTime.now(ZoneOffset.UTC).plus(delay).plusSeconds(1);
                limit(DateTimeFormatter.RFC_1123_DATE_TIME.format(until));
                refuse(429, "rate_limit_exceeded", "Rate limit reached.");
            }
            case Fault.Refusal refusal -> refuse(refusal.status(), refusal.code(), refusal.message());
            case Fault.BrokenOff _ -> half(reply);
            case Fault.EndsEarly _ -> early(reply);
            case Fault.Hang _ -> hang();
            case Fault.HangMidway _ -> {
                half(reply);
                hang();
            }
            case Fault.MalformedBody _ -> ScriptedModelServer.send(exchange, 200, "{\"choices\": [{\"mess");
            case Fault.Garbage _ -> whole(reply.withGarbage());
            case Fault.WrongTool _ -> whole(reply.withWrongTool());
            case Fault.WrongArguments _ -> whole(reply.withWrongArguments());
        }
    }

    private void refuse(int status, String code, String message) throws IOException {
        ScriptedModelServer.send(exchange, status, OpenAiWire.error(code, message));
    }

    private void limit(String retryAfter) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }

    private void whole(WireReply reply) throws IOException, InterruptedException {
        if (!request.stream()) {
            ScriptedModelServer.send(exchange, 200, wire().whole(reply, requestBytes));
            return;
        }
        OutputStream out = begin("text/event-stream", 0);
        List<String> events = events(reply);
        for (int i = 0; i < events.size(); i++) {
            pacing.before(i);
            out.write(events.get(i).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** Sends the first half of the events and ends the body as if that were all; an answer in one piece is broken off. */
    private void early(WireReply reply) throws IOException {
        if (!request.stream()) {
            half(reply);
            return;
        }
        OutputStream out = begin("text/event-stream", 0);
        List<String> events = events(reply);
        out.write(String.join("", events.subList(0, events.size() / 2)).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the first half of the answer while promising the whole. */
    private void half(WireReply reply) throws IOException {
        byte[] all = request.stream()
                ? String.join("", events(reply)).getBytes(StandardCharsets.UTF_8)
                : wire().whole(reply, requestBytes).getBytes(StandardCharsets.UTF_8);
        OutputStream out = begin(request.stream() ? "text/event-stream" : "application/json", all.length);
        out.write(Arrays.copyOf(all, all.length / 2));
        out.flush();
    }

    private void hang() throws InterruptedException {
        boolean ended = closed.await(HANG_MAX.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            throw new InterruptedException("the server is closed");
        }
    }

    private OutputStream begin(String contentType, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, length);
        return exchange.getResponseBody();
    }

    private List<String> events(WireReply reply) {
        boolean withUsage =
                request.body().path("stream_options").path("include_usage").asBoolean(false);
        return wire().events(reply, requestBytes, withUsage);
    }

    private OpenAiWire wire() {
        String model = request.body().path("model").asString(ScriptedModelServer.MODEL);
        return new OpenAiWire("chatcmpl-scripted", model, System.currentTimeMillis() / 1000);
    }
}
