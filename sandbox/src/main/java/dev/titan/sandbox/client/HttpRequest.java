package dev.titan.sandbox.client;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One request to the daemon.
 *
 * @param method GET, PUT or POST
 * @param path the route
 * @param query parameters, not yet encoded
 * @param body the content, empty for none
 * @param answerBytesMax size above which the answer is refused
 * @param timeout time within which the whole answer must be there
 */
@SuppressWarnings("ArrayRecordComponent") // written once to a socket; nobody compares requests
record HttpRequest(
        String method, String path, Map<String, String> query, byte[] body, int answerBytesMax, Duration timeout) {

    /** Returns what goes over the wire: at once, so that the daemon wakes up once. */
    ByteBuffer bytes() {
        byte[] head = "%s %s HTTP/1.1\r\nhost: sandbox\r\ncontent-length: %d\r\n\r\n"
                .formatted(method, target(), body.length)
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    private String target() {
        return query.isEmpty()
                ? path
                : new TreeMap<>(query)
                        .entrySet().stream()
                                .map(parameter -> parameter.getKey() + "="
                                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", path + "?", ""));
    }
}
