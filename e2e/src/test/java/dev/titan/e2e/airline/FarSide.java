package dev.titan.e2e.airline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The airline on the network: {@code POST /<desk>/<tool>} with the arguments as JSON, answered with text. A call with the
 * header {@code Idempotency-Key} takes effect once however often it is made.
 */
public final class FarSide implements AutoCloseable {

    /** The header by which a repeat is recognised. */
    static final String KEY = "Idempotency-Key";

    /** The header by which a call says what it is, for the ledger alone. */
    static final String CALLER = "Titan-Effect";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AirlineDatabase database;
    private final Visitors visitors;

    /** Who watches the desks. */
    public interface Visitors {

        /** Nobody is there. */
        Visitors NONE = new Visitors() {};

        /** A call has taken effect and is not answered before this returns. */
        default void tookEffect(String desk, String caller) {}
    }

    private FarSide(AirlineDatabase database, Visitors visitors) throws IOException {
        this.database = database;
        this.visitors = visitors;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** Opens the airline on a free port. */
    public static FarSide open(AirlineDatabase database, Visitors visitors) {
        // Without it Nagle's algorithm and delayed acknowledgements add 40 ms to every answer (JDK HttpServer).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            return new FarSide(database, visitors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            var arguments =
                    TitanJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
            var headers = exchange.getRequestHeaders();
            DeskCall call = new DeskCall(path[1], path[2], arguments, headers.getFirst(CALLER), headers.getFirst(KEY));
            byte[] answer = answer(call).getBytes(StandardCharsets.UTF_8);
            if (answer.length == 0) {
                exchange.sendResponseHeaders(200, -1); // 0 would mean that the length is not known
            } else {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }

    private String answer(DeskCall call) {
        AirlineDatabase.Answer answer = database.answer(call);
        if (answer.changed()) {
            visitors.tookEffect(call.desk(), call.caller());
        }
        return answer.text();
    }
}
