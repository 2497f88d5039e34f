package dev.titan.contracts.steering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.contracts.tool.EffectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a question about one exact call; the same for every attempt to ask it.
 *
 * @param value {@code apr-} and 24 hexadecimal digits
 */
public record ApprovalId(@JsonValue String value) {

    private static final int DIGITS = 24;

    private static final Pattern SHAPE = Pattern.compile("apr-[0-9a-f]{24}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApprovalId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an approval id: '%s'".formatted(value));
        }
    }

    /** Returns the id of the question whether this call may be made. */
    public static ApprovalId of(EffectId call) {
        return named(call.toString());
    }

    /** Returns the id of the question what became of this call, which somebody may have approved before. */
    public static ApprovalId ofOutcome(EffectId call) {
        return named(call + " outcome");
    }

    private static ApprovalId named(String question) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
            return new ApprovalId("apr-" + HexFormat.of().formatHex(digest).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
