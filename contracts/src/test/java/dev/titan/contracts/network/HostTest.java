package dev.titan.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.Com., example.com",
        "bücher.example, xn--bcher-kva.example",
        "ｌｏｃａｌｈｏｓｔ, localhost",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ, localhost",
        "localhost。, localhost",
        "127.0.0.1.example.com, 127.0.0.1.example.com",
        "0x7f.example, 0x7f.example",
        "a_b.example, a_b.example"
    })
    void spellsANameInOneWay(String written, String ascii) {
        assertThat(Host.parse(written)).isEqualTo(new Host.Name(ascii));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1.",
                "2130706433",
                "0x7f000001",
                "0X7F.1",
                "017700000001",
                "0177.0.0.01",
                "127.1",
                "127.000.000.001",
                "①②⑦.⓪.⓪.①",
                "１２７.０.０.１",
                "127．0．0．1",
                "127。0。0。1",
                "127｡0｡0｡1",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]"
            })
    void readsAnAddressHoweverItIsWritten(String written) {
        assertThat(Host.parse(written)).isEqualTo(new Host.Address(InetAddress.ofLiteral("127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                "-a.example",
                "a-.example",
                "6425673729",
                "383.0.0.1",
                "0o177.0.0.1",
                "1.2.3.4.5",
                "127.0.0.1..",
                "127%2e0.0.1",
                "user@example.com",
                "example.com\\a",
                "example.com/",
                "a b.example",
                "a\tb.example",
                "a\u0000.example",
                "℀.example",
                "[127.0.0.1]",
                "[::1",
                "[::1]]",
                "[fe80::1%eth0]",
                "::1"
            })
    void refusesWhatIsNeither(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Host.parse(written));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "foo.localhost, true",
        "metadata.google.internal, true",
        "kubernetes.default.svc, true",
        "1.0.0.127.in-addr.arpa, true",
        "intranet, true",
        "localhost.example.com, false",
        "internal.example.com, false",
        "my-localhost-guide.example, false"
    })
    void knowsNamesThatNoPublicHostHas(String name, boolean reserved) {
        assertThat(new Host.Name(name).isReserved()).isEqualTo(reserved);
    }
}
