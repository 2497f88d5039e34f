package dev.titan.sandbox.egress;

import static dev.titan.sandbox.egress.TestedProxy.proxyOnly;
import static dev.titan.sandbox.egress.TestedProxy.restricted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in plain HTTP. */
class EgressProxyTest {

    private static final String PUBLIC = "93.184.215.14";
    private static final String OTHER = "93.184.215.15";

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
        network.name("ok.example", PUBLIC).name("other.example", OTHER);
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
    }

    @Test
    void passesARequestOnInTheFormOfAnOrigin() throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443))) {
            String answer =
                    proxy.ask("GET http://OK.example./a%20b?c=d#e HTTP/1.1", "Host: ok.example.", "Connection: close");

            assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("hello");
            var request = network.requests().getFirst();
            assertThat(request.getRequestURI()).hasToString("/a%20b?c=d");
            assertThat(request.getRequestHeaders().get("Host")).containsExactly("ok.example");
        }
    }

    @Test
    void dropsTheHeadersOfOneConnection() throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443))) {
            proxy.ask(
                    "GET http://ok.example/ HTTP/1.1",
                    "Host: ok.example",
                    "Connection: close, X-Mine",
                    "X-Mine: 1",
                    "Proxy-Authorization: Basic abc",
                    "Proxy-Connection: keep-alive",
                    "Upgrade: websocket",
                    "X-Kept: 2");

            assertThat(network.requests().getFirst().getRequestHeaders().keySet())
                    .contains("X-kept")
                    .doesNotContain("X-mine", "Proxy-authorization", "Proxy-connection", "Upgrade");
        }
    }

    @Test
    void judgesEachRequestOfAConnectionAnew() throws Exception {
        try (var proxy = proxy(restricted(EgressLimits.DEFAULT, "ok.example"));
                RawClient client = proxy.client()) {
            assertThat(client.send("GET http://ok.example/1 HTTP/1.1", "Host: ok.example")
                            .readTo("hello"))
                    .contains("200 OK");
            assertThat(client.send("GET http://ok.example/2 HTTP/1.1", "Host: ok.example")
                            .readTo("hello"))
                    .contains("200 OK");
            assertThat(client.send("GET http://other.example/3 HTTP/1.1", "Host: other.example")
                            .readAll())
                    .startsWith("HTTP/1.1 403 Refused by network policy (not_listed)")
                    .contains("other.example:80 is refused by the network policy of this task");
            assertThat(network.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: other.example",
                "Host: ok.example:8080",
                "Host: ok.example\r\nHost: other.example",
                "Host: ok.example@other.example",
                "Host:",
                "X-No: host"
            })
    void refusesAHostHeaderThatNamesAnother(String header) throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443))) {
            assertThat(proxy.ask("GET http://ok.example/ HTTP/1.1", header)).startsWith("HTTP/1.1 403");
            assertThat(network.dialled()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "GET https://ok.example/ HTTP/1.1",
                "GET ftp://ok.example/ HTTP/1.1",
                "GET http://u:p@ok.example/ HTTP/1.1",
                "GET http:/ok.example/ HTTP/1.1",
                "GET http:///ok.example/ HTTP/1.1",
                "GET http://ok.example:0/ HTTP/1.1",
                "GET http://ok.example:99999/ HTTP/1.1",
                "GET http://ok.example\\@other.example/ HTTP/1.1",
                "GET http://ok.example%00.other.example/ HTTP/1.1",
                "CONNECT ok.example HTTP/1.1",
                "CONNECT http://ok.example:443 HTTP/1.1",
                "nonsense"
            })
    void refusesWhatItCannotRead(String line) throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443))) {
            assertThat(proxy.ask(line, "Host: ok.example")).startsWith("HTTP/1.1 400");
            assertThat(network.dialled()).isEmpty();
        }
    }

    @Test
    void saysThatAnIsolatedTaskHasNoNetwork() throws Exception {
        try (var proxy = proxy(new NetworkPolicy.Isolated())) {
            for (String line : List.of("GET http://ok.example/ HTTP/1.1", "CONNECT ok.example:443 HTTP/1.1")) {
                assertThat(proxy.ask(line, "Host: ok.example"))
                        .startsWith("HTTP/1.1 403 Refused by network policy (isolated)")
                        .contains("nothing outside the sandbox can be reached");
            }
            assertThat(network.dialled()).isEmpty();
        }
    }

    @Test
    void refusesPortsAndAddressesThatAreNotListed() throws Exception {
        try (var proxy = proxy(proxyOnly(80, 443))) {
            assertThat(proxy.ask("GET http://ok.example:22/ HTTP/1.1", "Host: ok.example:22"))
                    .contains("(port_not_listed)");
            assertThat(proxy.ask("GET http://93.184.215.14/ HTTP/1.1", "Host: 93.184.215.14"))
                    .contains("(address_literal)");
        }
        try (var proxy = proxy(restricted(EgressLimits.DEFAULT, "93.184.215.14", "ok.example:8080"))) {
            assertThat(proxy.ask("GET http://0x5db8d70e/ HTTP/1.1", "Host: 93.184.215.14", "Connection: close"))
                    .contains("200 OK");
            assertThat(proxy.ask("GET http://ok.example:8080/ HTTP/1.1", "Host: ok.example:8080", "Connection: close"))
                    .contains("200 OK");
            assertThat(proxy.ask("GET http://ok.example/ HTTP/1.1", "Host: ok.example"))
                    .contains("(port_not_listed)");
        }
    }

    /** The name is asked for once a request, and what was judged is what is dialled. */
    @Test
    void isNotFooledByANameThatChangesItsAddress() throws Exception {
        network.rounds("rebind.example", List.of(List.of(PUBLIC), List.of("127.0.0.1")));
        try (var proxy = proxy(proxyOnly(80, 443));
                RawClient client = proxy.client()) {
            String[] request = {"GET http://rebind.example/ HTTP/1.1", "Host: rebind.example"};
            assertThat(client.send(request).readTo("hello")).contains("200 OK");
            assertThat(client.send(request).readAll()).contains("403", "(special_address)");
            assertThat(network.dialled())
                    .extracting(dialled -> dialled.getAddress().getHostAddress())
                    .containsExactly(PUBLIC);
            await().untilAsserted(() -> assertThat(proxy.told())
                    .anySatisfy(event -> assertThat(event.address()).isEqualTo("127.0.0.1")));
        }
    }

    @Test
    void refusesAHostOfWhichOneAddressIsPrivate() throws Exception {
        network.name("mixed.example", PUBLIC, "10.0.0.5");
        try (var proxy = proxy(proxyOnly(80, 443))) {
            assertThat(proxy.ask("GET http://mixed.example/ HTTP/1.1", "Host: mixed.example"))
                    .contains("(special_address)")
                    .doesNotContain("10.0.0.5");
            assertThat(network.dialled()).isEmpty();
        }
    }

    /** The control: without the judgement of addresses the same request arrives. */
    @Test
    void reachesAPrivateAddressWhenNobodyJudgesIt() throws Exception {
        network.name("inside.example", "127.0.0.1");
        String[] request = {"GET http://inside.example/ HTTP/1.1", "Host: inside.example", "Connection: close"};
        try (var proxy = new TestedProxy(directory, proxyOnly(80, 443), network.unguarded())) {
            assertThat(proxy.ask(request)).contains("200 OK");
            assertThat(network.requests()).hasSize(1);
        }
        try (var proxy = proxy(proxyOnly(80, 443))) {
            assertThat(proxy.ask(request)).contains("403");
            assertThat(network.requests()).hasSize(1);
        }
    }

    /** A redirect is followed by the client, and its next request is judged like the first. */
    @Test
    void refusesWhereARedirectLeads() throws Exception {
        network.answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:%d/".formatted(network.httpPort()));
            TestNetwork.send(exchange, 302, "");
        });
        try (var proxy = proxy(proxyOnly(80, network.httpPort()));
                RawClient client = proxy.client()) {
            String redirect = client.send("GET http://ok.example/ HTTP/1.1", "Host: ok.example")
                    .readTo("\r\n\r\n");
            String location = redirect.lines()
                    .filter(line -> line.regionMatches(true, 0, "location: ", 0, 10))
                    .findFirst()
                    .orElseThrow()
                    .substring(10);
            String authority = location.substring("http://".length(), location.length() - 1);

            assertThat(client.send("GET " + location + " HTTP/1.1", "Host: " + authority)
                            .readAll())
                    .startsWith("HTTP/1.1 403");
            assertThat(network.requests()).hasSize(1);
        }
    }

    @Test
    void saysWhenAHostIsNotThere() throws Exception {
        network.rounds("empty.example", List.of(List.of()));
        try (var proxy = proxy(proxyOnly(80, 443))) {
            for (String host : List.of("unknown.example", "empty.example")) {
                assertThat(proxy.ask("GET http://" + host + "/ HTTP/1.1", "Host: " + host))
                        .startsWith("HTTP/1.1 502 not_found");
            }
        }
    }

    @Test
    void saysWhenAHostDoesNotAnswer() throws Exception {
        int closed = network.httpPort();
        network.close();
        network.name("gone.example", "127.0.0.1");
        NetworkPolicy policy = proxyOnly(closed);
        try (var proxy = new TestedProxy(directory, policy, network.unguarded())) {
            String host = "gone.example:" + closed;
            assertThat(proxy.ask("GET http://" + host + "/ HTTP/1.1", "Host: " + host))
                    .startsWith("HTTP/1.1 502 unreachable");
        }
    }

    @Test
    void carriesBodiesBothWays() throws Exception {
        network.answer(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : 0); // 0: in chunks
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        try (var proxy = proxy(proxyOnly(80, 443))) {
            try (RawClient client = proxy.client()) {
                client.send(
                        "POST http://ok.example/ HTTP/1.1",
                        "Host: ok.example",
                        "Content-Length: 5",
                        "Expect: 100-continue");
                assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 100");
                assertThat(client.sendText("first").readTo("0\r\n\r\n")).contains("5\r\nfirst");
                client.send("POST http://ok.example/ HTTP/1.1", "Host: ok.example", "Transfer-Encoding: chunked");
                assertThat(client.sendText("6\r\nsecond\r\n0\r\n\r\n").readTo("0\r\n\r\n"))
                        .contains("6\r\nsecond");
            }
            assertThat(proxy.ask("HEAD http://ok.example/ HTTP/1.1", "Host: ok.example", "Connection: close"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\n");
            assertThat(proxy.ask("GET http://ok.example/ HTTP/1.0", "Host: ok.example"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("chunked");
        }
    }

    @Test
    void addsACredentialOnTheWayOutForItsHostAlone() throws Exception {
        Credentials credentials = new Credentials(
                List.of(new Credentials.Credential(HostPattern.parse("ok.example"), "Authorization", "Bearer s3cret")));
        try (var proxy = new TestedProxy(directory, proxyOnly(80, 8080), network.guarded(), credentials)) {
            for (String host : List.of("ok.example", "other.example", "ok.example:8080")) {
                assertThat(proxy.ask(
                                "GET http://" + host + "/ HTTP/1.1",
                                "Host: " + host,
                                "Authorization: Bearer from-inside",
                                "Connection: close"))
                        .doesNotContain("s3cret");
            }
            assertThat(network.requests())
                    .extracting(request -> request.getRequestHeaders().get("Authorization"))
                    .containsExactly(
                            List.of("Bearer s3cret"), List.of("Bearer from-inside"), List.of("Bearer from-inside"));
            assertThat(proxy.told().toString() + credentials).doesNotContain("s3cret");
        }
    }

    private TestedProxy proxy(NetworkPolicy policy) throws IOException {
        return new TestedProxy(directory, policy, network.guarded());
    }
}
