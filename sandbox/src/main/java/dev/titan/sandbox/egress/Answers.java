package dev.titan.sandbox.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** What the proxy itself answers. Many programs show the words behind the status, some the body, curl the number. */
final class Answers {

    private Answers() {}

    /** Says why not. The connection ends with it. */
    static FullHttpResponse refusal(Verdict.Refused refused) {
        Reason reason = refused.reason();
        String where = refused.port() == 0 ? "This request" : "%s:%d".formatted(refused.host(), refused.port());
        String sentence = reason.isTrouble()
                ? "%s: %s.".formatted(where, reason.words())
                : "%s is refused by the network policy of this task: %s.".formatted(where, reason.words());
        String phrase = reason.isTrouble() ? reason.wire() : "Refused by network policy (%s)".formatted(reason.wire());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                new HttpResponseStatus(reason.status(), phrase),
                Unpooled.copiedBuffer(sentence + "\n", UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set("x-titan-egress", reason.wire())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        return response;
    }

    /** Opens a tunnel. */
    static FullHttpResponse established() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, new HttpResponseStatus(200, "Connection established"), Unpooled.EMPTY_BUFFER);
    }

    /** Lets a client send the body it holds back. */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }
}
