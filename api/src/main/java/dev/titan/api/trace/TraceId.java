package dev.titan.api.trace;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace a request belongs to (W3C Trace Context).
 *
 * @param value 32 hexadecimal digits, not all zero
 */
public record TraceId(String value) {

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    static final String ATTRIBUTE = TraceId.class.getName();

    /** Returns the trace of a request that {@link TraceFilter} has seen, or a new one. */
    public static TraceId of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof TraceId known ? known : fresh();
    }

    /** Reads the header {@code traceparent}; an absent or invalid one begins a new trace, as the standard says. */
    static TraceId from(@Nullable String traceparent) {
        if (traceparent == null) {
            return fresh();
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() ? new TraceId(matcher.group(1)) : fresh();
    }

    /** Writes a {@code traceparent} for a span of our own in this trace. */
    String traceparent() {
        return "00-%s-%s-01".formatted(value, random(SPAN_BYTES));
    }

    private static TraceId fresh() {
        return new TraceId(random(TRACE_BYTES));
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        // All zero is invalid; one bit settles it.
        bytes[0] |= 1;
        return HexFormat.of().formatHex(bytes);
    }
}
