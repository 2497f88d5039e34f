package dev.titan.sandbox.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 answer from pieces as they arrive. Understands what the daemon sends and refuses the rest: a body
 * has a {@code Content-Length}; there are no chunks, no interim answers, no bytes beyond the answer.
 */
final class ReplyParser {

    /** The daemon's heads have about 100 bytes. */
    private static final int HEAD_BYTES_MAX = 8 * 1024;

    private final int bodyBytesMax;
    private final byte[] head = new byte[HEAD_BYTES_MAX];
    private int headBytes;
    private int status;
    private boolean keepsAlive = true;
    private byte @Nullable [] body;
    private int bodyBytes;

    ReplyParser(int bodyBytesMax) {
        this.bodyBytesMax = bodyBytesMax;
    }

    /** Takes all of {@code bytes} and returns the answer when it is complete. */
    @Nullable
    HttpReply feed(ByteBuffer bytes) throws MisbehaviourException {
        while (body == null && bytes.hasRemaining()) {
            feedHead(bytes.get());
        }
        if (body == null) {
            return null;
        }
        int wanted = Math.min(bytes.remaining(), body.length - bodyBytes);
        bytes.get(body, bodyBytes, wanted);
        bodyBytes += wanted;
        if (bytes.hasRemaining()) {
            throw new MisbehaviourException("the daemon sent more than it announced");
        }
        return bodyBytes == body.length ? new HttpReply(status, body) : null;
    }

    /** Returns whether the connection may be used again after the answer. */
    boolean keepsAlive() {
        return keepsAlive;
    }

    private void feedHead(byte next) throws MisbehaviourException {
        if (headBytes == HEAD_BYTES_MAX) {
            throw new MisbehaviourException("the daemon's head exceeds %d bytes".formatted(HEAD_BYTES_MAX));
        }
        head[headBytes++] = next;
        if (next == '\n' && headBytes >= 4 && head[headBytes - 3] == '\n') {
            parseHead(new String(head, 0, headBytes, StandardCharsets.ISO_8859_1));
        }
    }

    private void parseHead(String text) throws MisbehaviourException {
        String[] lines = text.split("\r\n", -1);
        String[] first = lines[0].split(" ", 3);
        if (first.length < 2 || !first[0].equals("HTTP/1.1")) {
            throw new MisbehaviourException("the daemon does not speak HTTP/1.1: " + printable(lines[0]));
        }
        status = number(first[1], 599);
        int length = 0;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = number(value, bodyBytesMax);
                case "connection" -> keepsAlive = !value.equalsIgnoreCase("close");
                case "transfer-encoding" ->
                    throw new MisbehaviourException("the daemon sent an encoding: " + printable(value));
                default -> {
                    // Other headers say nothing the client needs.
                }
            }
        }
        body = new byte[length];
    }

    private static int number(String text, int max) throws MisbehaviourException {
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > max) {
            throw new MisbehaviourException(
                    "the daemon announced %s where %d is the most".formatted(printable(text), max));
        }
        return Integer.parseInt(text);
    }

    /** Keeps a message that quotes the daemon short and free of control characters. */
    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), 80)).replaceAll("[^\\x20-\\x7e]", "?");
    }
}
