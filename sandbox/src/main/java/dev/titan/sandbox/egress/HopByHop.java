package dev.titan.sandbox.egress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** The headers that concern one connection and are not passed on (RFC 9110, 7.6.1). */
final class HopByHop {

    private static final List<CharSequence> NAMES = List.of(
            HttpHeaderNames.CONNECTION,
            "keep-alive",
            "proxy-connection",
            HttpHeaderNames.PROXY_AUTHENTICATE,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            HttpHeaderNames.TE,
            HttpHeaderNames.UPGRADE);

    private HopByHop() {}

    /** Removes them, and those that Connection names. How the body is framed stays: both codecs speak of the same body. */
    static void removeFrom(HttpHeaders headers) {
        for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : value.split(",", -1)) {
                String named = name.strip();
                boolean framing = HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(named)
                        || HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(named)
                        || HttpHeaderNames.HOST.contentEqualsIgnoreCase(named);
                if (!named.isEmpty() && !framing) {
                    headers.remove(named);
                }
            }
        }
        NAMES.forEach(headers::remove);
    }
}
