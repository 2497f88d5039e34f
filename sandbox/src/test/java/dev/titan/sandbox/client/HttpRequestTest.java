package dev.titan.sandbox.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

    @Test
    void encodesWhatPathsMayHold() {
        HttpRequest request = new HttpRequest(
                "PUT",
                "/v1/files",
                Map.of("path", "a b/ü&c=d\r\nx: y", "key", "t/s/1/0"),
                "abc".getBytes(US_ASCII),
                1,
                Duration.ZERO);

        assertThat(new String(request.bytes().array(), US_ASCII))
                .isEqualTo(
                        "PUT /v1/files?key=t%2Fs%2F1%2F0&path=a+b%2F%C3%BC%26c%3Dd%0D%0Ax%3A+y HTTP/1.1\r\nhost: sandbox\r\ncontent-length: 3\r\n\r\nabc");
    }
}
