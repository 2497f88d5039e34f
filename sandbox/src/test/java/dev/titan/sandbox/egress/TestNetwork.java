package dev.titan.sandbox.egress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.titan.contracts.network.SpecialAddresses;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.directory.SandboxDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An internet in this process. Names have the answers a test gives, one round after the other; every address, whichever,
 * leads to one of two servers on loopback: one for HTTP, and on the ports of TLS one that sends back what it receives.
 */
public final class TestNetwork implements AutoCloseable {

    private static final List<Integer> TLS_PORTS = List.of(443, 8443);

    private final Map<String, List<List<String>>> names = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger echoConnections = new AtomicInteger();
    private final HttpServer http;
    private final ServerSocket echo;
    private volatile int tlsPort;
    private volatile Answer answer = exchange -> send(exchange, 200, "hello");

    /** What the HTTP server does with a request. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public TestNetwork() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(command -> Thread.ofVirtual().start(command));
        http.createContext("/", exchange -> {
            requests.add(exchange);
            answer.to(exchange);
        });
        http.start();
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        tlsPort = echo.getLocalPort();
        Thread.ofVirtual().start(this::accept);
    }

    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Gives a name addresses. */
    public TestNetwork name(String name, String... addresses) {
        return rounds(name, List.of(List.of(addresses)));
    }

    /** Gives a name one answer after the other, of which the last repeats. */
    TestNetwork rounds(String name, List<List<String>> rounds) {
        names.put(name, rounds);
        return this;
    }

    public TestNetwork answer(Answer next) {
        answer = next;
        return this;
    }

    /** This network with the proxy's own judgement of addresses. */
    EgressNetwork guarded() {
        return new EgressNetwork(this::resolve, SpecialAddresses::of, this::route);
    }

    /** This network for a proxy that judges no address: the control. */
    EgressNetwork unguarded() {
        return new EgressNetwork(this::resolve, address -> Optional.empty(), this::route);
    }

    /** Leads the ports of TLS to another server than the one that sends back what it receives. */
    public TestNetwork tls(int port) {
        tlsPort = port;
        return this;
    }

    /** Returns proxies in this network, which judge addresses as always. */
    public EgressProxies proxies(SandboxDirectories directories, Function<TaskId, Optional<EgressTerms>> terms) {
        return new EgressProxies(directories, terms, Credentials.NONE, guarded());
    }

    public int httpPort() {
        return http.getAddress().getPort();
    }

    public List<InetSocketAddress> dialled() {
        return dialled;
    }

    /** What the HTTP server was asked, from the first on. */
    List<HttpExchange> requests() {
        return requests;
    }

    /** How often somebody connected to the server behind the ports of TLS. */
    int echoConnections() {
        return echoConnections.get();
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        @Nullable List<List<String>> rounds = names.get(name);
        if (rounds == null) {
            throw new UnknownHostException(name);
        }
        int round = asked.computeIfAbsent(name, _ -> new AtomicInteger()).getAndIncrement();
        return rounds.get(Math.min(round, rounds.size() - 1)).stream()
                .map(InetAddress::ofLiteral)
                .toList();
    }

    private InetSocketAddress route(InetSocketAddress address) {
        dialled.add(address);
        boolean tls = TLS_PORTS.contains(address.getPort());
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tls ? tlsPort : httpPort());
    }

    private void accept() {
        try {
            while (!echo.isClosed()) {
                Socket socket = echo.accept();
                echoConnections.incrementAndGet();
                Thread.ofVirtual().start(() -> sendBack(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void sendBack(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            // What a test is about, as often as not.
        }
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        echo.close();
    }
}
