package dev.titan.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "Example.COM., example.com, true",
        "example.com, www.example.com, false",
        "example.com, example.com.evil.example, false",
        "*.example.com, www.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, evilexample.com, false",
        "93.184.215.14, 93.184.215.14, true",
        "93.184.215.14, 0x5db8d70e, true",
        "93.184.215.14, 93.184.215.15, false",
        "[2606:2800:21f::1], [2606:2800:21f:0::1], true"
    })
    void meansAHost(String pattern, String host, boolean matches) {
        assertThat(HostPattern.parse(pattern).matches(Host.parse(host))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "API.example.com:8443, api.example.com:8443",
        "*.Bücher.example, *.xn--bcher-kva.example",
        "[2606:2800:21f::1]:8443, [2606:2800:21f:0:0:0:0:1]:8443"
    })
    void isWrittenInOneWay(String pattern, String written) {
        assertThat(HostPattern.parse(pattern)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.com:x",
                "*.localhost",
                "*.93.184.215.14",
                "http://example.com",
                "example.com/path",
                "a.*.example.com",
                "example.com:0",
                "example.com:65536",
                "localhost",
                "db.internal",
                "127.0.0.1",
                "10.0.0.5",
                "0x7f.1",
                "[::1]",
                "169.254.169.254",
                "u:p@example.com"
            })
    void refusesWhatNoPolicyOpens(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.parse(pattern));
    }
}
