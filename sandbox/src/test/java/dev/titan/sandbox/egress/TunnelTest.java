package dev.titan.sandbox.egress;

import static dev.titan.sandbox.egress.TestedProxy.proxyOnly;
import static dev.titan.sandbox.egress.TestedProxy.restricted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.event.TaskEvent.EgressDecided;
import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.NetworkPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT, and what may pass through it. */
class TunnelTest {

    private static final String PUBLIC = "93.184.215.14";
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    @TempDir
    Path directory = Path.of("");

    private final TestNetwork network = network();

    private static TestNetwork network() {
        try {
            return new TestNetwork();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void nameHosts() {
        network.name("ok.example", PUBLIC);
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
    }

    @Test
    void passesTlsThatNamesTheHostOfTheTunnel() throws Exception {
        byte[] hello = RawClient.clientHello("ok.example");
        try (var proxy = proxy(proxyOnly(80, 443))) {
            try (RawClient client = proxy.client()) {
                assertThat(client.send("CONNECT OK.example.:443 HTTP/1.1", "Host: ok.example:443")
                                .readTo("\r\n\r\n"))
                        .isEqualTo(ESTABLISHED);
                // Also when it comes in pieces.
                client.sendBytes(Arrays.copyOf(hello, 7));
                client.sendBytes(Arrays.copyOfRange(hello, 7, hello.length));
                assertThat(client.readBytes(hello.length)).isEqualTo(hello);
                assertThat(client.sendText("more").readTo("more")).isEqualTo("more");
            }
            await().untilAsserted(() -> assertThat(proxy.told())
                    .containsExactly(new EgressDecided(
                            "ok.example", 443, PUBLIC, true, "allowed", 1, hello.length + 4, hello.length + 4)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.example", "ok.example.other.example", "www.ok.example", ""})
    void cutsTlsThatNamesAnotherHostOrNone(String name) throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443));
                RawClient client = tunnel(proxy, "ok.example:443")) {
            byte[] answer = client.sendBytes(RawClient.clientHello(name)).readAllBytes();

            assertThat(answer).as("a TLS alert, not the echo").isEqualTo(new byte[] {21, 3, 3, 0, 2, 2, 112});
            await().untilAsserted(() -> assertThat(proxy.told())
                    .anySatisfy(event -> assertThat(event.reason()).isEqualTo("name_mismatch")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok.example:443", "ok.example:80"})
    void cutsWhatIsNotTlsOnThePortsOfTheWeb(String target) throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443));
                RawClient client = tunnel(proxy, target)) {
            assertThat(client.sendText("GET / HTTP/1.1\r\nHost: hidden.example\r\n\r\n")
                            .readAll())
                    .isEmpty();
            assertThat(network.requests()).isEmpty();
            await().untilAsserted(() -> assertThat(proxy.told())
                    .anySatisfy(event -> assertThat(event.reason()).isEqualTo("not_tls")));
        }
    }

    @Test
    void passesAnythingOnAPortThatIsListedBesides() throws Exception {
        try (var proxy = proxy(proxyOnly(8443))) {
            try (RawClient client = tunnel(proxy, "ok.example:8443")) {
                assertThat(client.sendText("SSH-2.0-x\r\n").readTo("\r\n")).isEqualTo("SSH-2.0-x\r\n");
            }
            try (RawClient client = tunnel(proxy, "ok.example:8443")) {
                assertThat(client.sendBytes(RawClient.clientHello("other.example"))
                                .readAllBytes())
                        .hasSize(7);
            }
        }
    }

    @Test
    void tunnelsToAListedAddressWithoutAName() throws Exception {
        byte[] hello = RawClient.clientHello("");
        try (var proxy = proxy(restricted(EgressLimits.DEFAULT, PUBLIC));
                RawClient client = tunnel(proxy, PUBLIC + ":443")) {
            assertThat(client.sendBytes(hello).readBytes(hello.length)).isEqualTo(hello);
        }
    }

    @Test
    void cutsWhoDoesNotWaitForTheTunnel() throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443));
                RawClient client = proxy.client()) {
            client.sendText("CONNECT ok.example:443 HTTP/1.1\r\nHost: ok.example:443\r\n\r\nGET / HTTP/1.1\r\n\r\n");
            assertThat(client.readAll()).isEqualTo(ESTABLISHED);
        }
    }

    @Test
    void endsWithTheBytesThatArePaidFor() throws Exception {
        byte[] hello = RawClient.clientHello("ok.example");
        int max = hello.length + 1_000;
        EgressLimits up = new EgressLimits(max, 1 << 20, 4, 60);
        EgressLimits down = new EgressLimits(1 << 20, max, 4, 60);
        for (EgressLimits limits : new EgressLimits[] {up, down}) {
            try (var proxy = proxy(restricted(limits, "ok.example"))) {
                try (RawClient client = tunnel(proxy, "ok.example:443")) {
                    client.sendBytes(hello);
                    assertThat(client.readBytes(hello.length)).isEqualTo(hello);
                    client.sendText("x".repeat(1_000));
                    assertThat(client.readBytes(1_000)).hasSize(1_000);
                    assertThat(client.sendText("y").readAll()).isEmpty();
                }
                assertThat(proxy.ask("CONNECT ok.example:443 HTTP/1.1"))
                        .startsWith("HTTP/1.1 403")
                        .contains("(bytes_used_up)");
                assertThat(proxy.told())
                        .anySatisfy(event -> assertThat(event.reason()).isEqualTo("bytes_used_up"));
            }
        }
    }

    @Test
    void holdsNoMoreConnectionsThanAllowed() throws Exception {
        try (var proxy = proxy(restricted(new EgressLimits(1 << 20, 1 << 20, 2, 60), "ok.example"))) {
            try (RawClient first = tunnel(proxy, "ok.example:443");
                    RawClient second = tunnel(proxy, "ok.example:443");
                    RawClient third = proxy.client()) {
                // It is refused before it asks; by the time it would ask it may be gone.
                assertThat(third.readAll()).startsWith("HTTP/1.1 503").contains("(too_many_connections)");
                assertThat(network.echoConnections()).isEqualTo(2);
                assertThat(first).isNotSameAs(second);
            }
            await().ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(proxy.ask("CONNECT ok.example:22 HTTP/1.1"))
                            .contains("(port_not_listed)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET http://ok.exa", "CONNECT ok.example:443 HTTP/1.1\r\n\r\n"})
    void cutsWhoIsSilent(String beginning) throws Exception {
        try (var proxy = proxy(restricted(new EgressLimits(1 << 20, 1 << 20, 2, 1), "ok.example"));
                RawClient client = proxy.client()) {
            String answer = client.sendText(beginning).readAll();

            assertThat(answer).isIn("", ESTABLISHED);
        }
    }

    @Test
    void carriesMoreThanItsBuffersHold() throws Exception {
        byte[] hello = RawClient.clientHello("ok.example");
        byte[] much = "0123456789abcdef".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);
        try (var proxy = proxy(proxyOnly(443));
                RawClient client = tunnel(proxy, "ok.example:443")) {
            client.sendBytes(hello);
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    client.sendBytes(much);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            byte[] back = client.readBytes(hello.length + much.length);
            sender.join();
            assertThat(Arrays.copyOfRange(back, hello.length, back.length)).isEqualTo(much);
        }
    }

    private TestedProxy proxy(NetworkPolicy policy) throws IOException {
        return new TestedProxy(directory, policy, network.guarded());
    }

    private static RawClient tunnel(TestedProxy proxy, String target) throws IOException {
        RawClient client = proxy.client();
        assertThat(client.send("CONNECT " + target + " HTTP/1.1", "Host: " + target)
                        .readTo("\r\n\r\n"))
                .isEqualTo(ESTABLISHED);
        return client;
    }
}
