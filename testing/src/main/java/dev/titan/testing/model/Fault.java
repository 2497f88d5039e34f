package dev.titan.testing.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Trouble a provider can give, in place of or within its answer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fault.RateLimited.class, name = "rate_limited"),
    @JsonSubTypes.Type(value = Fault.RateLimitedUntil.class, name = "rate_limited_until"),
    @JsonSubTypes.Type(value = Fault.Refusal.class, name = "refusal"),
    @JsonSubTypes.Type(value = Fault.BrokenOff.class, name = "broken_off"),
    @JsonSubTypes.Type(value = Fault.EndsEarly.class, name = "ends_early"),
    @JsonSubTypes.Type(value = Fault.Hang.class, name = "hang"),
    @JsonSubTypes.Type(value = Fault.HangMidway.class, name = "hang_midway"),
    @JsonSubTypes.Type(value = Fault.MalformedBody.class, name = "malformed_body"),
    @JsonSubTypes.Type(value = Fault.Garbage.class, name = "garbage"),
    @JsonSubTypes.Type(value = Fault.WrongTool.class, name = "wrong_tool"),
    @JsonSubTypes.Type(value = Fault.WrongArguments.class, name = "wrong_arguments")
})
public sealed interface Fault {

    /**
     * Status 429.
     *
     * @param retryAfter sent as {@code Retry-After}, in seconds; absent: no such header
     */
    record RateLimited(@Nullable Duration retryAfter) implements Fault {}

    /**
     * Status 429 with the other form of {@code Retry-After}.
     *
     * @param delay from then on, at least; sent as an HTTP date, which counts in whole seconds
     */
    record RateLimitedUntil(Duration delay) implements Fault {}

    /**
     * A status with OpenAI's error body.
     *
     * @param status the HTTP status
     * @param code OpenAI's error code, such as {@code insufficient_quota}
     * @param message what the provider says
     */
    record Refusal(int status, String code, String message) implements Fault {}

    /** The connection ends in the middle of the answer. */
    record BrokenOff() implements Fault {}

    /** A streamed answer ends in the middle as if it were whole: the connection is closed in good order. */
    record EndsEarly() implements Fault {}

    /** The request is read and nothing is ever sent. */
    record Hang() implements Fault {}

    /** The answer stops in the middle and the connection stays open. */
    record HangMidway() implements Fault {}

    /** Status 200 with a body that is not JSON. */
    record MalformedBody() implements Fault {}

    /** A well-formed answer whose words make no sense to the one who asked. */
    record Garbage() implements Fault {}

    /** The first tool call names a tool that does not exist. */
    record WrongTool() implements Fault {}

    /** The first tool call has arguments that fit no schema. */
    record WrongArguments() implements Fault {}

    /** A refused key: status 401. */
    static Fault unauthorized() {
        return new Refusal(401, "invalid_api_key", "Incorrect API key provided.");
    }

    /** Out of credit: a status 429 that waiting does not mend. */
    static Fault insufficientQuota() {
        return new Refusal(429, "insufficient_quota", "You exceeded your current quota, please check your plan.");
    }

    /** A prompt that is too long: status 400. */
    static Fault contextLengthExceeded() {
        return new Refusal(400, "context_length_exceeded", "This model's maximum context length is 8192 tokens.");
    }

    /** A provider in trouble: status 500. */
    static Fault serverError() {
        return new Refusal(500, "server_error", "The server had an error while processing your request.");
    }
}
