package dev.titan.sandboxd.http;

import dev.titan.contracts.json.TitanJson;
import dev.titan.sandboxd.protocol.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The answer to one request. */
sealed interface Reply {

    /** A record. */
    record Json(Object body) implements Reply {}

    /** A file's content. */
    @SuppressWarnings("ArrayRecordComponent") // bytes travel once; nobody compares them
    record Bytes(byte[] content) implements Reply {}

    /** Done, and nothing to say. */
    record Empty() implements Reply {}

    /** Done, and the daemon ends when this answer is out. */
    record Farewell() implements Reply {}

    /** Not done. */
    record Refused(Refusal refusal) implements Reply {

        Refused(Refusal.Kind kind, String detail) {
            this(new Refusal(kind, detail));
        }
    }

    /** Returns it as it goes over the wire. */
    default FullHttpResponse response() {
        return switch (this) {
            case Json json ->
                response(200, "application/json", TitanJson.mapper().writeValueAsBytes(json.body()));
            case Bytes bytes -> response(200, "application/octet-stream", bytes.content());
            case Empty empty -> response(204, null, new byte[0]);
            case Farewell farewell -> response(204, null, new byte[0]);
            case Refused refused ->
                response(
                        refused.refusal().problem().status(),
                        Refusal.MEDIA_TYPE,
                        TitanJson.mapper().writeValueAsBytes(refused.refusal()));
        };
    }

    private static FullHttpResponse response(int status, @Nullable String mediaType, byte[] content) {
        ByteBuf body = Unpooled.wrappedBuffer(content);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        if (mediaType != null) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        }
        return response;
    }
}
