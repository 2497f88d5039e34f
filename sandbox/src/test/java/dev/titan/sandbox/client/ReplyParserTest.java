package dev.titan.sandbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

    private static final String REPLY = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void readsAReplyInOnePiece() throws Exception {
        HttpReply reply = requireNonNull(new ReplyParser(5).feed(bytes(REPLY)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void readsAReplyByteByByte() throws Exception {
        ReplyParser parser = new ReplyParser(5);
        for (int i = 0; i < REPLY.length() - 1; i++) {
            assertThat(parser.feed(bytes(REPLY.substring(i, i + 1)))).isNull();
        }

        assertThat(parser.feed(bytes("o"))).isNotNull();
        assertThat(parser.keepsAlive()).isTrue();
    }

    @Test
    void knowsAReplyWithoutABody() throws Exception {
        assertThat(new ReplyParser(0).feed(bytes("HTTP/1.1 204 No Content\r\n\r\n")))
                .isNotNull();
    }

    @Test
    void knowsAConnectionThatWillClose() throws Exception {
        ReplyParser parser = new ReplyParser(0);
        parser.feed(bytes("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));

        assertThat(parser.keepsAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 9999 OK\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "\r\n\r\n\r\n\r\n",
            })
    void refusesWhatTheDaemonNeverSends(String reply) {
        assertThatThrownBy(() -> new ReplyParser(5).feed(bytes(reply))).isInstanceOf(MisbehaviourException.class);
    }

    @Test
    void refusesAnEndlessHead() {
        assertThatThrownBy(() -> new ReplyParser(5).feed(bytes("HTTP/1.1 200 OK\r\n" + "x".repeat(10_000))))
                .isInstanceOf(MisbehaviourException.class)
                .hasMessageContaining("8192");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
