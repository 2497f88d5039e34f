package dev.titan.sandboxd.http;

import dev.titan.contracts.json.TitanJson;
import dev.titan.sandboxd.protocol.Refusal;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * One request, complete.
 *
 * @param method GET, PUT or POST
 * @param path the route
 * @param query parameters, decoded
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // bytes travel once; nobody compares them
record Request(String method, String path, Map<String, List<String>> query, byte[] body) {

    /** The most of a key that is kept; an effect id has about 100 bytes. */
    private static final int KEY_BYTES_MAX = 512;

    static Request of(FullHttpRequest request) throws BadRequestException {
        try {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            return new Request(
                    request.method().name(), uri.path(), uri.parameters(), ByteBufUtil.getBytes(request.content()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(Refusal.Kind.BAD_REQUEST, "the address is not well formed");
        }
    }

    String text(String name) throws BadRequestException {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new BadRequestException(Refusal.Kind.BAD_REQUEST, "give the parameter '%s' once".formatted(name));
        }
        return values.getFirst();
    }

    String key(String name) throws BadRequestException {
        String key = text(name);
        if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw new BadRequestException(Refusal.Kind.BAD_REQUEST, "a key has 1 to %d bytes".formatted(KEY_BYTES_MAX));
        }
        return key;
    }

    long number(String name, long absent) throws BadRequestException {
        if (!query.containsKey(name)) {
            return absent;
        }
        try {
            long number = Long.parseLong(text(name));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
            assert e.getMessage() != null;
        }
        throw new BadRequestException(
                Refusal.Kind.BAD_REQUEST, "the parameter '%s' is not a number from 0 up".formatted(name));
    }

    <T> T json(Class<T> type, int bytesMax) throws BadRequestException {
        if (body.length > bytesMax) {
            throw new BadRequestException(
                    Refusal.Kind.TOO_LARGE, "the body is above the limit of %,d bytes".formatted(bytesMax));
        }
        try {
            return TitanJson.mapper().readValue(body, type);
        } catch (JacksonException e) {
            throw new BadRequestException(Refusal.Kind.BAD_REQUEST, "the body is wrong: " + e.getOriginalMessage());
        }
    }
}
