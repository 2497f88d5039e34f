package dev.titan.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.Host;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.network.SpecialAddresses;
import dev.titan.testing.corpus.Corpora;
import java.io.IOException;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every URL of the corpus, sent as a program inside would send it that means harm. */
class EgressCorpusTest {

    private static final List<Integer> PORTS = List.of(80, 443, 8080, 8443);
    private static final Pattern AUTHORITY = Pattern.compile("(?s)(?i)[a-z+]*:?/*([^/?#]*).*");

    /** More redirects than any case has; the loop of the corpus ends here as it does in a client. */
    private static final int HOPS_MAX = 5;

    @TempDir
    static Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> judgesEveryUrl() {
        return Corpora.lines("ssrf/urls.jsonl").stream()
                .map(line -> TitanJson.mapper().readTree(line))
                .map(example -> DynamicTest.dynamicTest(
                        text(example, "id") + " " + text(example, "why"), () -> judge(example)));
    }

    @TestFactory
    Stream<DynamicTest> knowsEveryDeniedRange() throws IOException {
        String json = String.join("\n", Corpora.lines("ssrf/denied-ranges.json"));
        JsonNode ranges = TitanJson.mapper().readTree(json.isEmpty() ? "[]" : json);
        return StreamSupport.stream(ranges.spliterator(), false)
                .map(range -> text(range, "cidr"))
                // Java reads a mapped address as the IPv4 address it is, so that one is judged by what is in it.
                .filter(cidr -> !cidr.equals("::ffff:0:0/96"))
                .map(cidr -> DynamicTest.dynamicTest(cidr, () -> {
                    String first = cidr.substring(0, cidr.indexOf('/'));
                    String host = first.contains(":") ? "[" + first + "]" : first;
                    Host.Address address = (Host.Address) Host.parse(host);
                    assertThat(SpecialAddresses.of(address.address())).isPresent();
                }));
    }

    private static void judge(JsonNode example) throws Exception {
        try (TestNetwork network = network(example);
                TestedProxy proxy = new TestedProxy(directory, policy(example), network.guarded())) {
            boolean reached = follow(proxy, text(example, "url"));
            if (text(example, "verdict").equals("deny")
                    && !List.of("redirect", "rebind").contains(text(example, "kind"))) {
                assertNoTunnel(proxy, authority(text(example, "url")));
            }

            assertThat(network.dialled())
                    .extracting(InetSocketAddress::getAddress)
                    .allSatisfy(address -> assertThat(SpecialAddresses.of(address))
                            .as("%s", address)
                            .isEmpty());
            assertThat(network.requests().size() + network.echoConnections())
                    .isLessThanOrEqualTo(network.dialled().size());
            switch (text(example, "verdict")) {
                case "deny" -> {
                    // A chain begins allowed, and a page that only asks to be left is nothing a proxy sees.
                    if (!example.has("chain")) {
                        assertThat(network.dialled()).isEmpty();
                        assertNeverListable(example);
                    }
                    boolean proxyEndsIt = !List.of("ssrf-189", "ssrf-190").contains(text(example, "id"));
                    assertThat(reached && proxyEndsIt).isFalse();
                }
                case "allow", "allow-without-credentials" -> {
                    assertThat(reached).isTrue();
                    assertThat(network.dialled()).isNotEmpty();
                }
                default -> // the checked address only: asked again, it may be refused, and nothing else
                    follow(proxy, text(example, "url"));
            }
            assertThat(network.dialled())
                    .allSatisfy(dialled -> assertThat(SpecialAddresses.of(dialled.getAddress()))
                            .isEmpty());
        }
    }

    /** Literals are refused for being literals; so see too that none of them could be put on a list. */
    private static void assertNeverListable(JsonNode example) {
        String authority = authority(text(example, "url"));
        if (List.of("dns", "rebind", "parser", "scheme").contains(text(example, "kind"))) {
            return;
        }
        assertThat(Stream.of(authority)
                        .filter(host -> {
                            try {
                                HostPattern pattern = HostPattern.parse(host);
                                return pattern.host() instanceof Host.Address;
                            } catch (IllegalArgumentException refused) {
                                return false;
                            }
                        })
                        .toList())
                .isEmpty();
    }

    /** Follows a URL and its redirects as curl would; true when a server answered at the end. */
    private static boolean follow(TestedProxy proxy, String url) throws Exception {
        String next = url;
        for (int hop = 0; hop < HOPS_MAX; hop++) {
            String answer =
                    next.toLowerCase(Locale.ROOT).startsWith("https:") ? connect(proxy, next) : get(proxy, next);
            String location = answer.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location: "))
                    .map(line -> line.substring("location: ".length()))
                    .findFirst()
                    .orElse("");
            if (location.isEmpty()) {
                return answer.startsWith("HTTP/1.1 200");
            }
            next = location.startsWith("/") ? URI.create(next).resolve(location).toString() : location;
        }
        return true;
    }

    private static String get(TestedProxy proxy, String url) throws IOException {
        String authority = authority(url);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return proxy.ask("GET " + url + " HTTP/1.1", "Host: " + host, "Connection: close");
    }

    /** What a URL may not do, a tunnel to the same place may not either. */
    private static void assertNoTunnel(TestedProxy proxy, String authority) throws IOException {
        String target = authority.matches("(?s).*:[0-9]+") ? authority : authority + ":443";
        assertThat(proxy.ask("CONNECT " + target + " HTTP/1.1", "Host: " + target))
                .doesNotStartWith("HTTP/1.1 200");
    }

    private static String connect(TestedProxy proxy, String url) throws Exception {
        String authority = authority(url);
        String name = IDN.toASCII(authority.replaceFirst(":[0-9]+$", "")).toLowerCase(Locale.ROOT);
        byte[] hello = RawClient.clientHello(name.replaceFirst("\\.$", ""));
        try (RawClient client = proxy.client()) {
            client.send("CONNECT " + (authority.matches(".*:[0-9]+") ? authority : authority + ":443") + " HTTP/1.1");
            String answer = client.readTo("\r\n\r\n");
            if (answer.startsWith("HTTP/1.1 200")) {
                assertThat(client.sendBytes(hello).readBytes(hello.length)).isEqualTo(hello);
            }
            return answer;
        }
    }

    private static String authority(String url) {
        Matcher parts = AUTHORITY.matcher(url);
        return parts.matches() ? parts.group(1) : url;
    }

    private static NetworkPolicy policy(JsonNode example) {
        if (example.has("literal")) {
            return new NetworkPolicy.Restricted(
                    List.of(HostPattern.parse(authority(text(example, "url")))), PORTS, EgressLimits.DEFAULT);
        }
        return new NetworkPolicy.ProxyOnly(PORTS, EgressLimits.DEFAULT);
    }

    private static TestNetwork network(JsonNode example) throws IOException {
        TestNetwork network = new TestNetwork();
        for (Map.Entry<String, JsonNode> name : example.path("dns").properties()) {
            JsonNode answers = name.getValue();
            while (answers.has("cname")) {
                answers = example.path("dns").path(text(answers, "cname"));
            }
            network.rounds(
                    name.getKey(),
                    StreamSupport.stream(answers.spliterator(), false)
                            .map(round -> StreamSupport.stream(round.spliterator(), false)
                                    .map(JsonNode::stringValue)
                                    .toList())
                            .toList());
        }
        JsonNode chain = example.path("chain");
        return network.answer(exchange -> {
            String asked =
                    "http://%s%s".formatted(exchange.getRequestHeaders().getFirst("Host"), exchange.getRequestURI());
            for (JsonNode hop : chain) {
                if (text(hop, "url").equals(asked)) {
                    if (hop.has("location")) {
                        exchange.getResponseHeaders().set("Location", text(hop, "location"));
                    }
                    TestNetwork.send(exchange, hop.path("status").asInt(), "");
                    return;
                }
            }
            TestNetwork.send(exchange, 200, "hello");
        });
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
