package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.json.TitanJson;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * HTTP/1.1 and WebSocket (RFC 6455) over real sockets, as much as a client of the API needs: one request a connection.
 * A test says what is answered; the events of one task are streamed from where the client asks, as often as it does.
 */
final class SmallServer implements AutoCloseable {

    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT_FRAME = 0x81;
    private static final int CLOSE_FRAME = 0x88;

    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Function<String, Answer>> answers = new HashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile Streaming streaming = new Streaming.ToTheEnd();

    /** What is answered to a request. */
    record Answer(int status, String contentType, String body) {

        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body);
        }
    }

    /** How the stream behaves. */
    sealed interface Streaming {

        /** All events there are, then an orderly close. */
        record ToTheEnd() implements Streaming {}

        /** So many events a connection, then the connection breaks. */
        record Breaking(int eventsEach) implements Streaming {}

        /** No WebSocket, as behind a proxy that knows none. */
        record Refused() implements Streaming {}
    }

    SmallServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Answers requests whose method and path (without query) are this. */
    SmallServer on(String methodAndPath, Function<String, Answer> answer) {
        answers.put(methodAndPath, answer);
        return this;
    }

    SmallServer on(String methodAndPath, String json) {
        return on(methodAndPath, _ -> Answer.json(200, json));
    }

    /** Adds events to the task's log. */
    SmallServer events(List<EventEnvelope> more) {
        more.forEach(event -> events.add(TitanJson.mapper().writeValueAsString(event)));
        return this;
    }

    SmallServer rawEvent(String json) {
        events.add(json);
        return this;
    }

    SmallServer streaming(Streaming how) {
        streaming = how;
        return this;
    }

    /** Returns the request lines so far, each followed by its headers and body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket socket = listening.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            String head = head(in);
            Map<String, String> headers = headers(head);
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            requests.add(head + body);
            String[] line = head.lines().findFirst().orElse("").split(" ", -1);
            String path = line[1].replaceFirst("\\?.*", "");
            int after = line[1].matches(".*[?&]after=\\d+.*")
                    ? Integer.parseInt(line[1].replaceFirst(".*[?&]after=(\\d+).*", "$1"))
                    : 0;
            if (path.endsWith("/stream") && !(streaming instanceof Streaming.Refused)) {
                stream(headers.getOrDefault("sec-websocket-key", ""), after, socket, out);
            } else if (path.endsWith("/events")) {
                respond(out, Answer.json(200, "{\"data\":[%s]}".formatted(String.join(",", from(after)))));
            } else {
                respond(
                        out,
                        answers.getOrDefault(
                                        line[0] + " " + path,
                                        _ -> Answer.json(404, "{\"detail\":\"There is no '%s'.\"}".formatted(path)))
                                .apply(body));
            }
        } catch (IOException e) {
            // The client has gone, or the test is over.
            return;
        }
    }

    private List<String> from(int after) {
        return events.subList(Math.min(after, events.size()), events.size());
    }

    private void stream(String key, int after, Socket socket, OutputStream out) throws IOException {
        out.write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                        .formatted(acceptance(key))
                        .getBytes(StandardCharsets.US_ASCII));
        List<String> page = from(after);
        switch (streaming) {
            case Streaming.Breaking(int eventsEach) -> {
                for (String event : page.subList(0, Math.min(eventsEach, page.size()))) {
                    frame(out, TEXT_FRAME, event.getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
                // A reset, not an orderly end.
                socket.shutdownOutput();
            }
            case Streaming.ToTheEnd(), Streaming.Refused() -> {
                for (String event : page) {
                    frame(out, TEXT_FRAME, event.getBytes(StandardCharsets.UTF_8));
                }
                frame(out, CLOSE_FRAME, new byte[] {0x03, (byte) 0xe8});
                out.flush();
                // Until the client has said goodbye as well.
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static void frame(OutputStream out, int kind, byte[] payload) throws IOException {
        out.write(kind);
        if (payload.length < 126) {
            out.write(payload.length);
        } else {
            out.write(126);
            out.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        }
        out.write(payload);
    }

    private static void respond(OutputStream out, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        out.write("HTTP/1.1 %d -\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(answer.status(), answer.contentType(), body.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Map<String, String> headers(String head) {
        Map<String, String> headers = new HashMap<>();
        head.lines().skip(1).filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        return headers;
    }

    private static String acceptance(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
